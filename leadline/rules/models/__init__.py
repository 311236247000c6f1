from leadline.rules.models.reader import RuleReader
from leadline.rules.models.rule import Rule
from leadline.rules.models.run import RuleRun, RunState
from leadline.rules.models.telling import Telling
from leadline.rules.whens import When

__all__ = ["Rule", "RuleReader", "RuleRun", "RunState", "Telling", "When"]
