"""Pipelines and stages: from a file of stages, or proposed from the stages that deals name.

A stage that is in truth an outcome ("Closed Won", or marked as final in the file of stages) becomes no stage: it is
the deal's status.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from leadline.crm.models import Deal, Pipeline, Stage
from leadline.imports import stage_order
from leadline.imports.kinds import Kind
from leadline.imports.permitting import require_making, seller
from leadline.imports.planning.staging import Staged
from leadline.imports.values import outcome, spelling
from leadline.imports.writing.batch import State
from leadline.imports.writing.context import Context, states

PAIRS = """
SELECT coalesce(json_extract(body, '$."pipeline.id"'), json_extract(body, '$.pipeline'), ''),
       coalesce(json_extract(body, '$."stage.id"'), json_extract(body, '$.stage')),
       avg(json_extract(body, '$.probability'))
FROM staged WHERE kind = 'deals' GROUP BY 1, 2 ORDER BY min(id)
"""
STEPS = """
SELECT word, min(at) FROM (
    SELECT at, json_extract(body, '$.from_stage') AS word FROM event
    UNION ALL SELECT at, coalesce(json_extract(body, '$."stage.id"'), json_extract(body, '$.stage')) FROM event
) WHERE word IS NOT NULL GROUP BY word ORDER BY min(at)
"""


class Stages:
    """All pipelines and stages there are, and those this import makes."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.pipelines: dict[str, int] = {}
        self.names: dict[int, str] = {}
        self.stages: dict[int, dict[str, int]] = defaultdict(dict)
        self.outcomes: dict[str, str] = {}
        self.labels: dict[int, str] = {}
        self.default: int | None = None
        # Where only the stages there are may be used, an unknown one is a fault of its row.
        self.told = context.has(Kind.STAGES) or seller(context.by) is not None
        for pk, name, external in (
            Pipeline.objects.kept().order_by("-position", "-pk").values_list("pk", "name", "external_id")
        ):
            self.keep_pipeline(pk, name, external)
        rows = Stage.objects.kept().order_by("pipeline_id", "position", "pk")
        for pk, pipeline, name, external in rows.values_list("pk", "pipeline_id", "name", "external_id"):
            self.keep_stage(pk, pipeline, name, external)

    def keep_pipeline(self, pk: int, name: str, external: str) -> None:
        """From now on the name or id means this pipeline."""
        self.names[pk] = name
        self.pipelines["n:" + spelling.key(name)] = pk
        if external:
            self.pipelines["x:" + external] = pk

    def keep_stage(self, pk: int, pipeline: int, name: str, external: str) -> None:
        """From now on the name or id means this stage of its pipeline."""
        self.stages[pipeline].setdefault("n:" + spelling.key(name), pk)
        self.labels[pk] = external or name
        if external:
            self.stages[pipeline]["x:" + external] = pk

    def pipeline(self, text: str) -> int | None:
        """The pipeline meant by an id or a name."""
        return self.pipelines.get("x:" + text) or self.pipelines.get("n:" + spelling.key(text))

    def find(self, pipeline: int | None, text: str) -> int | None:
        """The stage meant by an id or a name, in its pipeline."""
        found = self.stages[pipeline or 0]
        return found.get("x:" + text) or found.get("n:" + spelling.key(text))

    def first_stage(self, pipeline: int) -> int:
        """Where deals stand whose stage is not told."""
        found = next(iter(self.stages[pipeline].values()), None)
        return found if found is not None else self.make_stage(pipeline, _("Open"))

    def anywhere(self, text: str) -> tuple[int, int] | None:
        """(pipeline, stage) where exactly one pipeline has such a stage."""
        found = [(pipeline, stage) for pipeline in self.stages if (stage := self.find(pipeline, text))]
        return found[0] if len(found) == 1 else None

    def ending(self, text: str) -> str:
        """won or lost where the stage is in truth an outcome."""
        return self.outcomes.get("x:" + text) or self.outcomes.get("n:" + spelling.key(text)) or outcome.ending(text)

    def leaving(self, pipeline: int | None, text: str) -> str:
        """won, lost or nurture where a stage change tells of what became of the deal, not of a stage it has."""
        return self.ending(text) or (self.parting(text) if self.find(pipeline, text) is None else "")

    def parting(self, text: str) -> str:
        """won, lost or nurture where a history's word means an outcome, unless a stage is called so."""
        return self.ending(text) or ("nurture" if outcome.status(text) == "nurture" else "")

    def choices(self, pipeline: int | None) -> str:
        """A pipeline's stages, for the mend of a fault: their ids where they have some, else their names."""
        names = dict.fromkeys(self.labels[pk] for pk in self.stages[pipeline or 0].values())
        return ", ".join(names)

    # --- from a file of stages

    def bring_in_pipelines(self, chunk: list[Staged]) -> None:
        """Rows of a file of pipelines."""
        known = states(Pipeline, filter(None, (self.pipeline(row.ext or row.body["name"]) for row in chunk)))
        for row in chunk:
            pk = self.pipeline(row.ext) or self.pipeline(row.body["name"])
            wanted = {"name": row.body["name"][:120], "external_id": row.ext}
            if pk is None:
                wanted["position"] = self.next_position()
            pk = self.context.settle(Kind.PIPELINES, Pipeline, pk, known.get(pk or 0), wanted)
            self.keep_pipeline(pk, wanted["name"], row.ext)

    def next_position(self) -> int:
        """Behind all pipelines."""
        return len(self.names)

    def bring_in(self, chunk: list[Staged]) -> None:
        """Rows of a file of stages, in the order of their positions."""
        known = states(Stage, (pk for stages in self.stages.values() for pk in stages.values()))
        for row in sorted(chunk, key=lambda row: (float(row.body.get("position", 0)), row.row)):
            pipeline = self.pipeline_of(row.body)
            ending = self.ending_of(row.body)
            if ending:
                self.outcomes["x:" + row.ext] = self.outcomes["n:" + spelling.key(row.body.get("name", row.ext))] = (
                    ending
                )
                self.context.count(Kind.STAGES, "unchanged")
                continue
            name = row.body.get("name") or row.ext
            pk = self.find(pipeline, row.ext) if row.ext else None
            pk = pk or self.find(pipeline, name)
            wanted = self.wanted(row, name, pipeline)
            if pk is None:
                wanted["position"] = len(set(self.stages[pipeline].values()))
            self.keep_stage(
                self.context.settle(Kind.STAGES, Stage, pk, known.get(pk or 0), wanted), pipeline, name, row.ext
            )

    def wanted(self, row: Staged, name: str, pipeline: int) -> State:
        """The fields that a row gives."""
        state: State = {"name": name[:120], "pipeline_id": pipeline, "external_id": row.ext}
        if "probability" in row.body:
            share = float(row.body["probability"])
            state["probability"] = round(share * 100 if share <= 1 else min(share, 100))
        if float(row.body.get("rot_days", 0)) >= 1:
            state["rot_days"] = int(float(row.body["rot_days"]))
        return state

    def ending_of(self, body: dict[str, Any]) -> str:
        """won or lost where the row describes an outcome."""
        if body.get("is_won"):
            return "won"
        if body.get("is_lost") or body.get("is_closed"):
            return "lost"
        return outcome.ending(body.get("name", "")) or outcome.ending(body.get("external_id", ""))

    def pipeline_of(self, body: dict[str, Any]) -> int:
        """The pipeline that a row names, made where missing; without a name the import's own."""
        text = body.get("pipeline.id") or body.get("pipeline") or ""
        if not text:
            return self.own_pipeline([])
        return self.pipeline(text) or self.make_pipeline(body.get("pipeline") or text, body.get("pipeline.id", ""))

    # --- proposed from deals

    def propose(self) -> None:
        """Make what the deals and stage changes of the import name and nobody has yet, in a sensible order."""
        if seller(self.context.by) is not None:
            return
        rows = self.context.staging.db.execute(PAIRS).fetchall()
        named: dict[str, list[tuple[str, float | None]]] = defaultdict(list)
        for pipeline, stage, probability in rows:
            if stage and not self.ending(stage):
                named[pipeline].append((stage, probability))
            else:
                named[pipeline] += []
        steps = [word for word, _at in self.context.staging.db.execute(STEPS) if not self.parting(word)]
        if steps and len(named) <= 1:
            ((pipeline, known),) = named.items() or [("", [])]
            named[pipeline] = known + [(step, None) for step in steps if step not in dict(known)]
        for text, pairs in named.items():
            self.propose_for(text, pairs)

    def propose_for(self, text: str, pairs: list[tuple[str, float | None]]) -> None:
        """One pipeline's stages."""
        words = [word for word, _probability in pairs]
        pipeline = self.pipeline(text) if text else None
        if pipeline is None:
            pipeline = self.make_pipeline(text) if text else self.own_pipeline(words)
        if not text:
            self.default = pipeline
        if not self.told:
            self.complete(pipeline, pairs)

    def complete(self, pipeline: int, pairs: Sequence[tuple[str, float | None]]) -> None:
        """Make the stages (name, probability) that a pipeline lacks, each at its usual place among those it has."""
        missing = {spelling.told(word): share for word, share in pairs if self.find(pipeline, word) is None}
        shares = {spelling.key(name): share for name, share in missing.items() if share is not None}
        if len(shares) < len(missing) or len(set(shares.values())) < len(shares):
            shares = {}
        new = stage_order.ordered(list(missing), shares)
        if not new:
            return
        old = list(dict.fromkeys(self.stages[pipeline].values()))
        known = states(Stage, old)
        names = {known[pk]["name"]: pk for pk in old if pk in known}
        told = self.context.plan.options.stages
        for position, name in enumerate(stage_order.as_told(stage_order.inserted(list(names), new), told)):
            if name not in names:
                self.make_stage(pipeline, name, position)
            elif known[names[name]]["position"] != position:
                self.context.update(Stage, names[name], known[names[name]], {"position": position})

    def own_pipeline(self, words: list[str]) -> int:
        """Where deals go that name no pipeline: the one told, the one that has most of their stages, else a new one."""
        told = self.context.plan.options.pipeline
        if told:
            return self.pipeline(told) or self.make_pipeline(told)
        if self.default is not None:
            return self.default
        home = self.home()
        if home is not None:
            self.default = home
            return home
        shares = {pk: sum(self.find(pk, word) is not None for word in words) for pk in self.names}
        best = max(self.names, key=lambda pk: (shares[pk], pk == self.first()), default=None)
        if best is not None and shares[best] * 2 >= len(words):
            self.default = best if words else self.first() or best
        else:
            self.default = self.make_pipeline(self.proposed_name())
        return self.default

    def home(self) -> int | None:
        """The pipeline of most of the import's deals that are here already."""
        lived: Counter[int] = Counter()
        ids = self.context.staging.db.execute("SELECT DISTINCT ext FROM staged WHERE kind = 'deals' AND ext <> ''")
        while some := [ext for (ext,) in ids.fetchmany(500)]:
            lived.update(Deal.objects.filter(external_id__in=some).values_list("pipeline_id", flat=True))
        found = [pk for pk, _deals in lived.most_common() if pk in self.names]
        return found[0] if found else None

    def first(self) -> int | None:
        """The pipeline that stands first."""
        found = Pipeline.default()
        return found.pk if found else None

    def proposed_name(self) -> str:
        """Named for the file: "sales_pipeline.csv" makes "Sales pipeline"."""
        tables = [*self.context.plan.of(Kind.STAGES), *self.context.plan.of(Kind.DEALS)]
        words = spelling.words_of(tables[0].sheet.path.stem) if tables else ""
        generic = not words or words.casefold() in ("deals", "opportunities", "pipeline stages", "stages", "export")
        return _("Imported deals") if generic else words

    def make_pipeline(self, name: str, external: str = "") -> int:
        """A new pipeline behind the others."""
        require_making(self.context.by, Pipeline, name)
        state: State = {"name": name[:120], "position": self.next_position(), "external_id": external}
        pk = self.context.batch.create(Pipeline, state, self.context.stamp)
        self.context.note(Pipeline, state["name"])
        self.keep_pipeline(pk, state["name"], external)
        return pk

    def make_stage(self, pipeline: int, name: str, position: int = 0) -> int:
        """A new stage of a pipeline."""
        require_making(self.context.by, Stage, name)
        state: State = {"name": name[:120], "pipeline_id": pipeline, "position": position, "external_id": ""}
        pk = self.context.batch.create(Stage, state, self.context.stamp)
        self.context.note(Stage, f"{self.names[pipeline]}: {state['name']}")
        self.keep_stage(pk, pipeline, state["name"], "")
        return pk
