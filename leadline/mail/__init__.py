"""Letters: what is to go out by mail, kept until it can, and the schedules by which dashboards are mailed (R50).

Who makes a letter's paper is told from above: this floor knows no numbers and no pages.
"""
