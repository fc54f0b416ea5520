# Makes the modules beside this file, with PyTorch 1.13 or later: python3 make_modules.py
# They are as users write them without PyTorch Geometric; each has a property that the import must see.
from typing import Optional

import torch
from torch import Tensor, nn

FEATURES, HIDDEN, CLASSES = 5, 8, 3


def scatter(values: Tensor, index: Tensor, size: int) -> Tensor:
    return torch.zeros([size, values.size(1)], dtype=values.dtype).index_add(0, index, values)


class Gcn(nn.Module):
    """Kipf and Welling, with degrees by target or by source."""

    def __init__(self, by_source: bool = False, p: float = 0.0):
        super().__init__()
        self.lin1 = nn.Linear(FEATURES, HIDDEN)
        self.lin2 = nn.Linear(HIDDEN, CLASSES)
        self.by_source = by_source
        self.dropout = nn.Dropout(p)

    def conv(self, h: Tensor, edge_index: Tensor, w: Tensor) -> Tensor:
        n = h.size(0)
        loop = torch.arange(n)
        row, col = torch.cat([edge_index[0], loop]), torch.cat([edge_index[1], loop])
        w = torch.cat([w, torch.ones(n, dtype=w.dtype)])
        deg = torch.zeros(n, dtype=w.dtype).index_add(0, row if self.by_source else col, w)
        d = deg.pow(-0.5)
        return scatter(h.index_select(0, row) * (d[row] * w * d[col]).unsqueeze(-1), col, n)

    def forward(self, x: Tensor, edge_index: Tensor, edge_weight: Optional[Tensor] = None) -> Tensor:
        w = torch.ones(edge_index.size(1), dtype=x.dtype)
        if edge_weight is not None:
            w = edge_weight
        h = self.conv(self.lin1(x), edge_index, w).relu()
        return self.conv(self.lin2(self.dropout(h)), edge_index, w)


class Sage(nn.Module):
    """Sum of neighbours beside the node itself: no weights, no degrees."""

    def __init__(self, out: int = CLASSES):
        super().__init__()
        self.own1, self.other1 = nn.Linear(FEATURES, HIDDEN), nn.Linear(FEATURES, HIDDEN)
        self.own2, self.other2 = nn.Linear(HIDDEN, out), nn.Linear(HIDDEN, out)

    def forward(self, x: Tensor, edge_index: Tensor) -> Tensor:
        h = (self.own1(x) + scatter(self.other1(x)[edge_index[0]], edge_index[1], x.size(0))).tanh()
        return self.own2(h) + scatter(self.other2(h)[edge_index[0]], edge_index[1], x.size(0))


class Wrapped(nn.Module):
    def __init__(self, inner: nn.Module):
        super().__init__()
        self.inner = inner


class Softmax(Wrapped):
    def forward(self, x: Tensor, edge_index: Tensor) -> Tensor:
        return self.inner(x, edge_index).softmax(-1)


class LogSoftmax(Wrapped):
    def forward(self, x: Tensor, edge_index: Tensor) -> Tensor:
        return self.inner(x, edge_index).log_softmax(-1)


class Sigmoid(Wrapped):
    def forward(self, x: Tensor, edge_index: Tensor) -> Tensor:
        return self.inner(x, edge_index).squeeze(-1).sigmoid()


class Centred(Wrapped):
    """A norm over all nodes: every prediction depends on the whole graph."""

    def forward(self, x: Tensor, edge_index: Tensor) -> Tensor:
        h = self.inner(x, edge_index)
        return h - h.mean(0, keepdim=True)


class IgnoresWeights(Wrapped):
    def forward(self, x: Tensor, edge_index: Tensor, edge_weight: Tensor) -> Tensor:
        return self.inner(x, edge_index)


class Nan(Wrapped):
    def forward(self, x: Tensor, edge_index: Tensor) -> Tensor:
        return self.inner(x, edge_index) * float("inf") * 0


class Pooled(Wrapped):
    """Graph task."""

    def forward(self, x: Tensor, edge_index: Tensor, edge_weight: Optional[Tensor], batch: Tensor) -> Tensor:
        h = self.inner(x, edge_index, edge_weight)
        graphs = int(batch.max()) + 1
        count = torch.zeros(graphs).index_add(0, batch, torch.ones(x.size(0)))
        return scatter(h, batch, graphs) / count.unsqueeze(-1)


class PooledOne(Wrapped):
    """Graph task, one graph at a time, without an axis for graphs."""

    def forward(self, x: Tensor, edge_index: Tensor) -> Tensor:
        return self.inner(x, edge_index).mean(0)


class Mixing(Wrapped):
    """Graph task in which graphs of a batch influence each other."""

    def forward(self, x: Tensor, edge_index: Tensor, batch: Tensor) -> Tensor:
        h = self.inner(x, edge_index)
        pooled = scatter(h, batch, int(batch.max()) + 1)
        return pooled + h.mean()


class LinkScores(Wrapped):
    def forward(self, x: Tensor, edge_index: Tensor, edge_label_index: Tensor, edge_weight: Optional[Tensor] = None) -> Tensor:
        h = self.inner(x, edge_index, edge_weight)
        return (h[edge_label_index[0]] * h[edge_label_index[1]]).sum(-1)


class FixedSize(Wrapped):
    def forward(self, x: Tensor, edge_index: Tensor) -> Tensor:
        return self.inner(x, edge_index) + torch.arange(96.0).unsqueeze(-1)


class AlwaysDrops(Wrapped):
    def forward(self, x: Tensor, edge_index: Tensor) -> Tensor:
        return nn.functional.dropout(self.inner(x, edge_index), 0.5, True)


class SizeNeeded(Wrapped):
    def forward(self, x: Tensor, edge_index: Tensor, size: int) -> Tensor:
        return self.inner(x, edge_index)


class Adjacency(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(FEATURES, CLASSES)

    def forward(self, x: Tensor, adj: Tensor) -> Tensor:
        return adj @ self.lin(x)


class Saves(Wrapped):
    def forward(self, x: Tensor, edge_index: Tensor) -> Tensor:
        torch.save(x, "x.pt")
        return self.inner(x, edge_index)


def script(name, module):
    torch.jit.script(module).save(name + ".pt")


if __name__ == "__main__":
    torch.manual_seed(7)
    x = torch.rand(96, FEATURES)
    edges = torch.randint(0, 96, (2, 300))
    script("gcn", Gcn().eval())
    script("gcn_training", Gcn(p=0.5))
    script("gcn_by_source", Gcn(by_source=True).eval())
    script("gcn_double", Gcn().double().eval())
    torch.jit.trace(Gcn().eval(), (x, edges, torch.rand(300))).save("gcn_traced.pt")
    script("sage", Sage().eval())
    script("softmax", Softmax(Sage()).eval())
    script("log_softmax", LogSoftmax(Sage()).eval())
    script("score", Sage(1).eval())
    script("sigmoid", Sigmoid(Sage(1)).eval())
    script("centred", Centred(Sage()).eval())
    script("ignores_weights", IgnoresWeights(Sage()).eval())
    script("nan", Nan(Sage()).eval())
    script("pooled", Pooled(Gcn()).eval())
    script("pooled_one", PooledOne(Sage()).eval())
    script("mixing", Mixing(Sage()).eval())
    script("link_scores", LinkScores(Gcn()).eval())
    torch.jit.trace(FixedSize(Sage()).eval(), (x, edges)).save("fixed_size.pt")
    torch.jit.trace(AlwaysDrops(Sage()).eval(), (x, edges), check_trace=False).save("always_drops.pt")
    script("size_needed", SizeNeeded(Sage()).eval())
    script("adjacency", Adjacency().eval())
    torch.save(Sage().state_dict(), "state_dict.pth")
    torch.save(Sage().state_dict(), "state_dict_legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(Sage(), "pickled_module.pth")
