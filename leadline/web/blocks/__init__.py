"""Time blocks (R32): the page of one's blocks, setting them up, and the screen of somebody who sits down to one."""
