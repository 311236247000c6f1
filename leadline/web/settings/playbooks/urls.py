"""The addresses of playbooks and of the review of stages."""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.playbooks import editing, files, overview, review

urlpatterns = [
    path("playbooks/", overview.playbooks, name="playbooks"),
    path("playbooks/stages/<int:pk>/", editing.playbook, name="playbook"),
    path("playbooks/stages/<int:pk>/publish/", editing.publish_draft, name="playbook_publish"),
    path("playbooks/stages/<int:pk>/discard/", editing.discard, name="playbook_discard"),
    path("playbooks/stages/<int:pk>/file/", files.add, name="playbook_file_add"),
    path("playbooks/review/<int:pk>/", review.review, name="stage_review"),
    path("playbooks/review/<int:pk>/deals/", review.deals, name="stage_review_deals"),
    path("playbooks/stages/<int:pk>/reviewed/", review.reviewed, name="stage_reviewed"),
]
