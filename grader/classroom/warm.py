"""What a run's workers are forked from: it has imported what they need, and nothing else is in it.

`workers` has Python's own fork server import this module, before it forks the first worker.
"""

import gc
import signal

from ..course import one_thread

gc.disable()  # importing leaves nothing to collect
one_thread()
signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the run itself to answer, also while this imports

from ..judge import servers  # noqa: E402

servers.shared()  # it imports what students' processes need, at the same time

from ..judge import feedback, grade  # noqa: E402, F401
from . import selftest, workers  # noqa: E402, F401

gc.collect()
gc.freeze()
gc.set_threshold(100_000, 20, 20)  # looking for the few cycles that a grading leaves took a tenth of its time
gc.enable()
