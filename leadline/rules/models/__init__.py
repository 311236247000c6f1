from leadline.rules.models.rule import Rule, When
from leadline.rules.models.run import RuleReader, RuleRun, RunState

__all__ = ["Rule", "RuleReader", "RuleRun", "RunState", "When"]
