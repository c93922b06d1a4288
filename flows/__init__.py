"""When and in what order; the work itself is in tasks."""

from flows.logs import say_faults_plainly

say_faults_plainly()
