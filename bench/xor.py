"""Many nets at once, against a loop over single ones, and against the same loop in PyTorch where it is installed."""

import importlib.util
import os
import time

from crease import data, nets

WIDTHS, SINGLE, STEPS, LR = (2, 3, 4, 8), 20, 1000, 0.2


def seconds(work, *arguments):
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def together(width, steps):
    """Train 1000 ReLU nets on XOR, full batch, squared error."""
    nets.train(nets.init([2, width, 1], seeds=range(1000)), data.XOR_POINTS, data.XOR_LABELS, count=steps, loss="mse",
               lr=LR, seeds=range(1000))


def one_by_one(width):
    """The first `SINGLE` of these nets, each by itself."""
    for seed in range(SINGLE):
        nets.train(nets.init([2, width, 1], seeds=seed), data.XOR_POINTS, data.XOR_LABELS, count=STEPS, loss="mse",
                   lr=LR, seeds=seed)


def in_pytorch(width):
    """The same nets, each by itself, as a PyTorch tutorial trains one."""
    import torch
    X, y = torch.from_numpy(data.XOR_POINTS), torch.from_numpy(data.XOR_LABELS)[:, None]
    for seed in range(SINGLE):
        net = torch.nn.Sequential(torch.nn.Linear(2, width), torch.nn.ReLU(), torch.nn.Linear(width, 1)).double()
        with torch.no_grad():
            for layer, (W, b, _) in zip((net[0], net[2]), nets.init([2, width, 1], seeds=seed)):
                layer.weight.copy_(torch.from_numpy(W.T.copy()))
                layer.bias.copy_(torch.from_numpy(b.copy()))
        descent = torch.optim.SGD(net.parameters(), lr=LR)
        for _ in range(STEPS):
            descent.zero_grad()
            (0.5 * torch.nn.functional.mse_loss(net(X), y)).backward()
            descent.step()


def measure():
    """{what: seconds for 4 × 1000 nets of 5000 steps, and how many times the time per net a loop takes}."""
    os.environ.setdefault("NBGRADER_EXECUTION", "bench")  # no progress bars
    torch = importlib.util.find_spec("torch") is not None
    if torch:
        __import__("torch").set_num_threads(1)
        seconds(in_pytorch, 2)  # its first steps load what the others use
    found = {"widths 2, 3, 4, 8: 1000 nets each, 5000 steps, s": sum(seconds(together, w, 5000) for w in WIDTHS)}
    for width in WIDTHS:
        batch = seconds(together, width, STEPS) / 1000
        found[f"width {width}: one net by itself / in a batch"] = seconds(one_by_one, width) / SINGLE / batch
        if torch:
            found[f"width {width}: one net in PyTorch / in a batch"] = seconds(in_pytorch, width) / SINGLE / batch
    return found


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:52}{value:.3g}")
