"""What would mend each finding, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["ADVICE"]

ADVICE: Final[Mapping[str, Mapping[str, str]]] = {
    "CF001": {
        "en": "pip install 'complaintflow[verify]' and check again",
        "zh": "请安装：pip install 'complaintflow[verify]'，然后重新检查",
    },
    "CF002": {
        "en": "Put a part of the condition into a fact of its own, or look at it by hand.",
        "zh": "请将部分条件拆成单独的事实，或人工核对。",
    },
    "CF101": {
        "en": "Let a step, duty or form ask for them, or rely on people to note them.",
        "zh": "可由步骤、职责或表单要求提供，或依靠人员主动记录。",
    },
    "CF102": {
        "en": "Add them to [names], as in code = ['English', 'Chinese'].",
        "zh": "请在 [names] 中补充，如 code = ['English', '中文']。",
    },
    "CF103": {
        "en": "Say what follows from them, or take it that they bind nobody.",
        "zh": "请写明其后果，或确认其不产生任何义务。",
    },
    "CF201": {
        "en": "Give the step that receives a complaint no 'from'.",
        "zh": "受理投诉的步骤不应写 from。",
    },
    "CF202": {
        "en": "Let a step lead there, or take the state and its steps out.",
        "zh": "请增加通向该状态的步骤，或删去该状态及其步骤。",
    },
    "CF203": {
        "en": "Add the step that leads on, or name the state in 'final'.",
        "zh": "请补充后续步骤，或将该状态列入 final。",
    },
    "CF204": {
        "en": "Add a step that leads out of the circle.",
        "zh": "请增加走出该循环的步骤。",
    },
    "CF205": {
        "en": "Name a role in 'by'.",
        "zh": "请在 by 中指定角色。",
    },
    "CF206": {
        "en": "Right if the case can be reopened; else take the state out of the step's 'from'.",
        "zh": "若允许重新打开则无需修改，否则请从该步骤的 from 中删去此状态。",
    },
    "CF301": {
        "en": "Name who decides with 'by', or an answer for everything else with 'residual'.",
        "zh": "请用 by 指定判定人，或用 residual 指定其余情形的结果。",
    },
    "CF302": {
        "en": "Right if a person shall decide; else widen a criterion or name a 'residual'.",
        "zh": "若应由人判定则无需修改，否则请放宽条件或指定 residual。",
    },
    "CF303": {
        "en": "Right if the most severe shall win; else close one of the bounds.",
        "zh": "若以最严重者为准则无需修改，否则请收紧其中一个界限。",
    },
    "CF304": {
        "en": "Make the criteria exclude each other, or choose pick = 'first' or 'highest'.",
        "zh": "请使条件互斥，或改用 pick = 'first' 或 'highest'。",
    },
    "CF305": {
        "en": "Right if the order is meant; else make the criteria exclude each other.",
        "zh": "若顺序即为本意则无需修改，否则请使条件互斥。",
    },
    "CF306": {
        "en": "Compare its bounds with the clause; two of them contradict each other.",
        "zh": "请对照条款核对界限，其中有互相矛盾之处。",
    },
    "CF307": {
        "en": "Compare it with the clause; use 'residual' if everything else is meant.",
        "zh": "请对照条款核对；若指其余一切情形，请改用 residual。",
    },
    "CF308": {
        "en": "Move it up, narrow what wins over it, or take it out.",
        "zh": "请将其前移、收窄优先于它的条件，或将其删去。",
    },
    "CF309": {
        "en": "Add a criterion, make it the 'residual', or leave it to the person who decides.",
        "zh": "请补充判定条件、设为 residual，或留待判定人决定。",
    },
    "CF310": {
        "en": "Name who is responsible for it, or give the decision a 'residual'.",
        "zh": "请指定责任方，或为该项设定 residual。",
    },
    "CF321": {
        "en": "Mend the guard: its parts contradict each other.",
        "zh": "请修改前提，其各部分互相矛盾。",
    },
    "CF322": {
        "en": "Take it out, or compare it with its clause.",
        "zh": "请删去，或对照条款核对。",
    },
    "CF323": {
        "en": "Mend the condition: its parts contradict each other.",
        "zh": "请修改条件，其各部分互相矛盾。",
    },
    "CF331": {
        "en": "Add 'else = ...', an open choice such as 'else = $not_real' if the text is silent.",
        "zh": "请补充 else = ...；原文未写明时可用待定事项，如 else = $not_real。",
    },
    "CF332": {
        "en": "Right if the order is meant; else make the branches exclude each other.",
        "zh": "若顺序即为本意则无需修改，否则请使分支互斥。",
    },
    "CF333": {
        "en": "Move it up, mend its condition, or take it out.",
        "zh": "请前移该分支、修改其条件，或将其删去。",
    },
    "CF401": {
        "en": "Write the rungs in the order in which they are climbed.",
        "zh": "请按先后顺序书写各级提醒。",
    },
    "CF402": {
        "en": "Choose a shorter lead, or a share of the limit such as '50 %'.",
        "zh": "请缩短提前量，或改用期限的比例，如 50 %。",
    },
    "CF403": {
        "en": "Count both on the same calendar, or accept that the order changes.",
        "zh": "请按同一种时间计算两者，或接受先后可能颠倒。",
    },
    "CF404": {
        "en": "Lengthen the first, shorten the second, or do not let the one wait for the other.",
        "zh": "请延长前者、缩短后者，或取消等待关系。",
    },
    "CF405": {
        "en": "The first governs; settle with whoever wrote the text which one was meant.",
        "zh": "现以前者为准，请与制度起草人确认本意。",
    },
    "CF406": {
        "en": "Take 'pauses' out, or give a limit that is counted.",
        "zh": "请删去 pauses，或改用可计算的期限。",
    },
    "CF407": {
        "en": "Take the rungs out, or give a limit that is counted.",
        "zh": "请删去逐级提醒，或改用可计算的期限。",
    },
    "CF408": {
        "en": "Add the limit, 'unset' if nobody has said, or restrict the duty with 'if'.",
        "zh": "请补充期限（未规定时写 unset），或用 if 限定该职责。",
    },
    "CF409": {
        "en": "Extend the calendar, or due instants stay provisional.",
        "zh": "请补充日历数据，否则到期时刻均为暂定。",
    },
    "CF410": {
        "en": "Name in 'on' an approval, a step or a duty that can come about.",
        "zh": "在 on 中写明可能发生的审批、步骤或职责。",
    },
    "CF501": {
        "en": "Mend 'starts': name a step that can be taken or a condition that can hold.",
        "zh": "请修改 starts：写明可执行的步骤或可能成立的条件。",
    },
    "CF502": {
        "en": "Give the decision a 'residual', or ask for the duty only when it names somebody.",
        "zh": "请为该项设定 residual，或仅在有人被指定时才要求该职责。",
    },
    "CF503": {
        "en": "Name another role, or make sure that two people hold this one.",
        "zh": "请指定另一角色，或确保该角色至少有两人。",
    },
    "CF504": {
        "en": "Let another role answer, or make sure that two people hold this one.",
        "zh": "请改由另一角色批准，或确保该角色至少有两人。",
    },
    "CF505": {
        "en": "Mend 'starts': name a step that can be taken or a condition that can hold.",
        "zh": "请修改 starts：写明可执行的步骤或可能成立的条件。",
    },
    "CF506": {
        "en": "Name a recipient, or mend the moment in 'on'.",
        "zh": "请指定收件人，或修改 on 中的时机。",
    },
    "CF507": {
        "en": "Right if the role has so many people; else let another role do one of them.",
        "zh": "如该角色人数足够则无妨；否则请将其中一项交由其他角色。",
    },
    "CF508": {
        "en": "Let another role rule, or make sure that two people hold this one.",
        "zh": "请改由另一角色裁定，或确保该角色至少有两人。",
    },
    "CF509": {
        "en": "Take the facts out of 'shows', or tell outsiders by a notice of their own.",
        "zh": "请从 shows 中去掉这些事实，或为外部人员另设通知。",
    },
    "CF601": {
        "en": "Decide, and write the reading taken as 'is' in [choices].",
        "zh": "请作出决定，并在 [choices] 中以 is 写明所取的读法。",
    },
}
