"""All that rows are matched with, opened once for an import."""

from functools import cached_property

from leadline.activities.models import Activity, ActivityType
from leadline.crm.models import Campaign, Deal, Label, Lead, LostReason, Source
from leadline.imports.kinds import Kind
from leadline.imports.writing.activity_details import Details
from leadline.imports.writing.context import Context
from leadline.imports.writing.customs import Customs
from leadline.imports.writing.finding import Index
from leadline.imports.writing.money import Money
from leadline.imports.writing.names import Names
from leadline.imports.writing.parties import Parties
from leadline.imports.writing.products import Products
from leadline.imports.writing.stages import Stages
from leadline.imports.writing.taken import Taken
from leadline.imports.writing.users import Users


class Everything:
    """Short lists, stages, users, parties and indexes, each read when it is first needed."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.customs: dict[Kind, Customs] = {}

    @cached_property
    def users(self) -> Users:
        return Users(self.context)

    @cached_property
    def stages(self) -> Stages:
        return Stages(self.context)

    @cached_property
    def products(self) -> Products:
        return Products(self.context)

    @cached_property
    def parties(self) -> Parties:
        return Parties(self.context)

    @cached_property
    def money(self) -> Money:
        return Money(self.context)

    @cached_property
    def targets(self) -> Taken:
        return Taken()

    @cached_property
    def sources(self) -> Names:
        return Names(self.context, Source, "source")

    @cached_property
    def campaigns(self) -> Names:
        return Names(self.context, Campaign, "campaign")

    @cached_property
    def lost_reasons(self) -> Names:
        return Names(self.context, LostReason, "lost_reason")

    @cached_property
    def labels(self) -> Names:
        return Names(self.context, Label, "label")

    @cached_property
    def activity_types(self) -> Names:
        return Names(self.context, ActivityType, "activity_type")

    @cached_property
    def activity_details(self) -> Details:
        return Details()

    @cached_property
    def had_activities(self) -> bool:
        """Whether there were any before; asked before the first is written."""
        return Activity.objects.exists()

    @cached_property
    def deals(self) -> Index:
        return Index(self.context, Deal, "xn", name="title")

    @cached_property
    def leads(self) -> Index:
        return Index(self.context, Lead, "xn", name="title")

    def custom(self, kind: Kind) -> Customs:
        """The custom fields of a kind, with those of the import's tables made. Stands in a transaction."""
        if kind not in self.customs:
            self.customs[kind] = Customs(self.context, kind)
            for table in self.context.plan.of(kind):
                self.customs[kind].propose(table.customs)
        return self.customs[kind]
