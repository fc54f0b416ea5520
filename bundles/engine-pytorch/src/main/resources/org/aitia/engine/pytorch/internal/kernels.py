# The graph kernels, optimiser and reverse-mode differentiation of Aitia, in TorchScript.
#
# TorchScriptArchive packs this text into an archive that libtorch loads; there is no Python at run time. Every method
# is one native call from Java. Shapes: E edges, R target rows, C source columns, F features, S segments, M rows.
class Kernels(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # y[r] = sum of w[e] * x[source(e)] over the in-edges e of r.     x [C, F], w [E] -> [R, F]
  # embedding_bag does this in one pass, without an array of messages [E, F].
  def aggregate(self: __torch__.Kernels, x: Tensor, w: Tensor, offsets: Tensor, sources: Tensor) -> Tensor:
    if sources.numel() == 0 or x.size(1) == 0:
      y = x.new_zeros([offsets.size(0) - 1, x.size(1)]) + x.sum() * 0 + w.sum() * 0
    else:
      y, _a, _b, _c, = torch.embedding_bag(x, sources, offsets, False, 0, False, w, True)
    return y

  # The same with all weights 1.                                     x [C, F] -> [R, F]
  def aggregate_unweighted(self: __torch__.Kernels, x: Tensor, offsets: Tensor, sources: Tensor) -> Tensor:
    if sources.numel() == 0 or x.size(1) == 0:
      y = x.new_zeros([offsets.size(0) - 1, x.size(1)]) + x.sum() * 0
    else:
      y, _a, _b, _c, = torch.embedding_bag(x, sources, offsets, False, 0, False, None, True)
    return y

  # Both as new leaves: inside a step, gradients_of_step continues from such a leaf with the derivatives below.
  def aggregate_leaf(self: __torch__.Kernels, x: Tensor, w: Tensor, offsets: Tensor, sources: Tensor) -> Tensor:
    y = self.aggregate(x.detach(), w.detach(), offsets, sources)
    return y.requires_grad_(x.requires_grad or w.requires_grad)

  def aggregate_unweighted_leaf(self: __torch__.Kernels, x: Tensor, offsets: Tensor, sources: Tensor) -> Tensor:
    return self.aggregate_unweighted(x.detach(), offsets, sources).requires_grad_(x.requires_grad)

  # Derivative of aggregate by x: the same sum along the reversed edges.     g [R, F], w [E] -> [C, F]
  # libtorch's own derivative sorts the edges in every call, which takes longer than the sum.
  def aggregate_dx(self: __torch__.Kernels, g: Tensor, w: Optional[Tensor], reverse_offsets: Tensor,
                   reverse_targets: Tensor, reverse_edges: Tensor) -> Tensor:
    if w is None:
      return self.aggregate_unweighted(g, reverse_offsets, reverse_targets)
    else:
      return self.aggregate(g, w.index_select(0, reverse_edges), reverse_offsets, reverse_targets)

  # Derivative of aggregate by w: one inner product per edge.        g [R, F], x [C, F] -> [E]
  def aggregate_dw(self: __torch__.Kernels, g: Tensor, x: Tensor, offsets: Tensor, sources: Tensor,
                   targets: Tensor) -> Tensor:
    if sources.numel() == 0 or x.size(1) == 0:
      d = x.new_zeros([sources.numel()])
    else:
      d = torch._embedding_bag_per_sample_weights_backward(g, x, sources, offsets, targets, 0)
    return d

  # y[i] = x[index[i]].                                              x [N, ...] -> [M, ...]
  def gather(self: __torch__.Kernels, x: Tensor, index: Tensor) -> Tensor:
    return x.index_select(0, index)

  # y[v] = sum of values[i] with index[i] = v.                       values [M, ...] -> [rows, ...]
  def scatter_sum(self: __torch__.Kernels, values: Tensor, index: Tensor, rows: int) -> Tensor:
    return values.new_zeros([rows] + values.size()[1:]).index_add(0, index, values)

  # The segment of each row, from the offsets.                       offsets [S + 1] -> [M]
  def segment_index(self: __torch__.Kernels, offsets: Tensor, rows: int) -> Tensor:
    return torch.repeat_interleave(torch.diff(offsets), output_size=rows)

  # Sum per segment.                                                 values [M] or [M, F] -> [S] or [S, F]
  # Faster than segment_reduce, both ways, at every size tried.
  def segment_sum(self: __torch__.Kernels, values: Tensor, offsets: Tensor) -> Tensor:
    return self.scatter_sum(values, self.segment_index(offsets, values.size(0)), offsets.size(0) - 1)

  # Mean per segment, 0 for an empty one.                            values [M] or [M, F] -> [S] or [S, F]
  def segment_mean(self: __torch__.Kernels, values: Tensor, offsets: Tensor) -> Tensor:
    counts = torch.diff(offsets).clamp(1).to(values.dtype)
    if values.dim() > 1:
      counts = counts.unsqueeze(1)
    return self.segment_sum(values, offsets) / counts

  # Maximum per segment, 0 for an empty one.                         values [M] or [M, F] -> [S] or [S, F]
  # The gradient is shared by equal maxima.
  def segment_max(self: __torch__.Kernels, values: Tensor, offsets: Tensor) -> Tensor:
    if values.numel() == 0:
      m = values.new_zeros([offsets.size(0) - 1] + values.size()[1:]) + values.sum() * 0
    else:
      empty = torch.diff(offsets) == 0
      if values.dim() > 1:
        empty = empty.unsqueeze(1)
      m = torch.segment_reduce(values, "max", offsets=offsets, unsafe=True).masked_fill(empty, 0)
    return m

  # Softmax within each segment, relative to its maximum.            values, index [M] -> the shape of values
  def segment_softmax(self: __torch__.Kernels, values: Tensor, offsets: Tensor, index: Tensor) -> Tensor:
    highest = self.segment_max(values.detach(), offsets)
    e = (values - highest.index_select(0, index)).exp()
    total = self.scatter_sum(e, index, offsets.size(0) - 1)
    return e / total.index_select(0, index)

  # Vector-Jacobian products of outputs with respect to variables; zeros where there is no dependence.
  # The recorded graph stays, so that a second call gives the same.
  def gradients(self: __torch__.Kernels, outputs: Tensor, weights: Tensor, variables: List[Tensor]) -> List[Tensor]:
    found = torch.grad([outputs], variables, annotate(List[Optional[Tensor]], [weights]), True, False, True)
    result = annotate(List[Tensor], [])
    for i in range(len(variables)):
      g = found[i]
      result.append(torch.zeros_like(variables[i]) if g is None else g)
    return result

  # The same within a step, whose tape says how each aggregation was computed, oldest first: y, x, w (a scalar stands for
  # none), offsets, sources, targets, reverse offsets, reverse targets, reverse edges.
  # For libtorch each y is a leaf. So: differentiate down to the variables and leaves; then, from the newest leaf to the
  # oldest, apply the derivatives above and go on from what it was computed from.
  def gradients_of_step(self: __torch__.Kernels, outputs: Tensor, weights: Tensor, variables: List[Tensor],
                        tape: List[List[Tensor]]) -> List[Tensor]:
    count = len(variables)
    ends = variables[:]
    entries = annotate(List[List[Tensor]], [])
    for entry in tape:
      if entry[0].requires_grad:
        ends.append(entry[0])
        entries.append(entry)
    found = torch.grad([outputs], ends, annotate(List[Optional[Tensor]], [weights]), True, False, True)
    for later in range(len(entries)):
      k = len(entries) - 1 - later
      g = found[count + k]
      if g is not None:
        _y, x, w, offsets, sources, targets, reverse_offsets, reverse_targets, reverse_edges, = entries[k]
        inputs = annotate(List[Tensor], [])
        slopes = annotate(List[Optional[Tensor]], [])
        if x.requires_grad:
          inputs.append(x)
          weights_or_none = w.detach() if w.dim() == 1 else None
          slopes.append(self.aggregate_dx(g, weights_or_none, reverse_offsets, reverse_targets, reverse_edges))
        if w.requires_grad:
          inputs.append(w)
          slopes.append(self.aggregate_dw(g, x.detach(), offsets, sources, targets))
        further = torch.grad(inputs, ends[:count + k], slopes, True, False, True)
        for i in range(count + k):
          d = further[i]
          if d is not None:
            before = found[i]
            found[i] = d if before is None else before + d
    result = annotate(List[Tensor], [])
    for i in range(count):
      g = found[i]
      result.append(torch.zeros_like(variables[i]) if g is None else g)
    return result

  # Whether an array was computed from variables, or is one. DJL's hasGradient() knows of leaves only.
  def has_history(self: __torch__.Kernels, x: Tensor) -> bool:
    return x.requires_grad

  # One step of Adam for all variables, in place. steps counts them, one scalar per variable.
  def adam(self: __torch__.Kernels, variables: List[Tensor], gradients: List[Tensor], m: List[Tensor],
           v: List[Tensor], steps: List[Tensor], rate: float, beta1: float, beta2: float, decay: float,
           epsilon: float) -> int:
    dense = annotate(List[Tensor], [])
    for g in gradients:
      dense.append(g.contiguous())
    torch._foreach_add_(steps, 1)
    torch._fused_adam_(variables, dense, m, v, annotate(List[Tensor], []), steps, lr=rate, beta1=beta1, beta2=beta2,
                       weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)
    return len(variables)
