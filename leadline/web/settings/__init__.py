"""Settings: who is here and who may do what, how the company sells, and what happened.

A page of settings is a view that ends in `frame.draw(request, "settings/<page>.html", {...})`, a template that extends
`settings/_frame.html` and fills `{% block page %}`, a line in `urls.py` and one in `navigation.PLACES`. Everybody may
read the pages that `Place.seen_by` opens to them; who may change is asked by the verbs, and templates hide what would
be refused.
"""
