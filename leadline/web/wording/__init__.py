"""What happened, in words: the one place where a change of the log becomes a sentence.

Timelines, the change log, notices and any other page that says who did what use it:

    from leadline.web.wording.telling import tell

    for told in tell(changes, reader):      # changes: history.models.Change, in any order; reader: the User who reads
        told.who      # "Olga", or "Leadline" where nobody's hand was at work
        told.deed     # "changed value from $1,000 to $1,200", "won", "moved from Qualified to Proposal sent", "added"
        told.rest     # of `parts` those that the deed does not tell: what stands below it
        told.record   # what it was done to, as it is called today: "Big deal"
        told.kind     # "deal"; told.kind_word is the word for it
        told.parts    # every field that changed: .word, .old, .new as texts ("" is nothing)
        told.way      # "by import", "by the rule “Call again”" …; "" for a hand on a page

Ids become names with one query per kind of record, however many changes are told; names of records that the reader may
not see are not read: they stay numbers ("deal 12"). Money, numbers and dates are written as the reader writes them.
A deed follows the name of who did it ("Olga won") and needs no object: pages that are about one record leave it
out, others put `told.record` behind it. A page that has a deal's visits to its stages gives them (`visits=`): then a
move says how long the deal had stood, "moved from Qualified to Proposal sent after 12 days".

`kinds` has the words for kinds of record, `fields` those for their fields, `naming` finds names (`at_hand` those that
a page has read anyway), `values` writes one
value, `deeds` finds the verb, `telling` puts them together.
"""
