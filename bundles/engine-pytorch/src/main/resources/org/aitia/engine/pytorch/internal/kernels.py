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

  # The same as a new leaf. Sums by embedding_bag: eight times as fast as index_add.
  def segment_softmax_leaf(self: __torch__.Kernels, values: Tensor, offsets: Tensor, index: Tensor) -> Tensor:
    rows = values.detach()
    if values.numel() == 0:
      y = rows.clone()
    elif values.dim() == 1:
      y = self.softmax_rows(rows.unsqueeze(1), offsets, index).squeeze(1)
    else:
      y = self.softmax_rows(rows, offsets, index)
    return y.requires_grad_(values.requires_grad)

  # Without recording.                                               values [M, H] -> [M, H]
  def softmax_rows(self: __torch__.Kernels, values: Tensor, offsets: Tensor, index: Tensor) -> Tensor:
    highest = torch.segment_reduce(values, "max", offsets=offsets, unsafe=True)
    e = (values - highest.index_select(0, index)).exp_()
    return e.div_(self.sum_rows(e, offsets).index_select(0, index))

  # Sum per segment without recording.                               values [M, H] -> [S, H]
  def sum_rows(self: __torch__.Kernels, values: Tensor, offsets: Tensor) -> Tensor:
    rows = torch.arange(values.size(0), dtype=4, device=values.device)
    return self.aggregate_unweighted(values, offsets, rows)

  # Derivative of segment_softmax, by its result y.                  g, y [M, H] -> [M, H]
  def segment_softmax_dx(self: __torch__.Kernels, g: Tensor, y: Tensor, offsets: Tensor, index: Tensor) -> Tensor:
    p = y * g
    return p - y * self.sum_rows(p, offsets).index_select(0, index)

  # s[e] = a[source(e)] + b[target(e)].                              a [C, K], b [R, K] -> [E, K]
  def edge_sums(self: __torch__.Kernels, a: Tensor, b: Tensor, sources: Tensor, targets: Tensor) -> Tensor:
    return a.index_select(0, sources) + b.index_select(0, targets)

  def edge_sums_leaf(self: __torch__.Kernels, a: Tensor, b: Tensor, sources: Tensor, targets: Tensor) -> Tensor:
    s = a.detach().index_select(0, sources).add_(b.detach().index_select(0, targets))
    return s.requires_grad_(a.requires_grad or b.requires_grad)

  # Columns of head h as rows h*N .. h*N+N-1: H graphs side by side, so that one call serves all heads.
  def fold(self: __torch__.Kernels, x: Tensor, heads: int) -> Tensor:          # [N, H * F] -> [H * N, F]
    n = x.size(0)
    width = x.size(1) // heads
    return x.reshape([n, heads, width]).transpose(0, 1).reshape([heads * n, width])

  def unfold(self: __torch__.Kernels, y: Tensor, heads: int) -> Tensor:        # [H * N, F] -> [N, H * F]
    n = y.size(0) // heads
    return y.reshape([heads, n, y.size(1)]).transpose(0, 1).reshape([n, heads * y.size(1)])

  # y[r, h] = sum of w[e, h] * x[source(e), h] over the in-edges e of r.   x [C, H * F], w [E, H] -> [R, H * F]
  # In [R, H * F] instead of [E, H * F] numbers.
  def aggregate_heads(self: __torch__.Kernels, x: Tensor, w: Tensor, offsets: Tensor, sources: Tensor) -> Tensor:
    heads = w.size(1)
    if heads == 1 or sources.numel() == 0 or x.size(1) == 0:
      return self.aggregate(x, w.reshape([-1]), offsets, sources)
    else:
      each = torch.arange(heads, dtype=4, device=x.device).unsqueeze(1)
      folded_sources = (sources.unsqueeze(0) + each * x.size(0)).view([-1])
      rows = offsets.size(0) - 1
      starts = (offsets.narrow(0, 0, rows).unsqueeze(0) + each * sources.size(0)).view([-1])
      folded_offsets = torch.cat([starts, offsets.narrow(0, rows, 1) + (heads - 1) * sources.size(0)])
      y = self.aggregate(self.fold(x, heads), w.t().reshape([-1]), folded_offsets, folded_sources)
      return self.unfold(y, heads)

  # Derivative of aggregate_heads by w: one inner product per edge and head.  g [R, H * F], x [C, H * F] -> [E, H]
  def aggregate_heads_dw(self: __torch__.Kernels, g: Tensor, x: Tensor, heads: int, offsets: Tensor, sources: Tensor,
                         targets: Tensor) -> Tensor:
    if heads == 1 or sources.numel() == 0 or x.size(1) == 0:
      return self.aggregate_dw(g, x, offsets, sources, targets).unsqueeze(1).expand([-1, heads])
    else:
      return self.head_sums(x.index_select(0, sources).mul_(g.index_select(0, targets)), heads)

  # Sum per head: a product with ones, twice as fast as a sum over rows this short.   x [N, H * F] -> [N, H]
  def head_sums(self: __torch__.Kernels, x: Tensor, heads: int) -> Tensor:
    width = x.size(1) // heads
    return torch.mv(x.reshape([x.size(0) * heads, width]), x.new_ones([width])).view([x.size(0), heads])

  # Softmax of scores over the in-edges of each row, times factors (a scalar: none), as weights of aggregate_heads.
  # x [C, H * F], scores [E, H], factors [E] or [E, H] -> [R, H * F]
  def attend(self: __torch__.Kernels, x: Tensor, scores: Tensor, factors: Tensor, offsets: Tensor, sources: Tensor,
             targets: Tensor) -> Tensor:
    shares = self.segment_softmax(scores, offsets, targets)
    return self.aggregate_heads(x, self.weigh(shares, factors), offsets, sources)

  def weigh(self: __torch__.Kernels, shares: Tensor, factors: Tensor) -> Tensor:
    if factors.dim() == 0:
      w = shares
    elif factors.dim() == 1:
      w = shares * factors.unsqueeze(1)
    else:
      w = shares * factors
    return w

  # The result as a new leaf, and the shares of the edges.           -> [R, H * F], [E, H]
  def attend_leaf(self: __torch__.Kernels, x: Tensor, scores: Tensor, factors: Tensor, offsets: Tensor,
                  sources: Tensor, targets: Tensor) -> List[Tensor]:
    shares = self.segment_softmax_leaf(scores, offsets, targets).detach()
    y = self.aggregate_heads(x.detach(), self.weigh(shares, factors.detach()), offsets, sources)
    return [y.requires_grad_(x.requires_grad or scores.requires_grad or factors.requires_grad), shares]

  # The result of a ReLU as a new leaf, so that its derivative follows a rule of ours.     x any shape -> the same
  def relu_leaf(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.relu(x.detach()).requires_grad_(x.requires_grad)

  # Vector-Jacobian products of outputs with respect to variables; zeros where there is no dependence.
  # The recorded graph stays, so that a second call gives the same.
  def gradients(self: __torch__.Kernels, outputs: Tensor, weights: Tensor, variables: List[Tensor]) -> List[Tensor]:
    found = torch.grad([outputs], variables, annotate(List[Optional[Tensor]], [weights]), True, False, True)
    result = annotate(List[Tensor], [])
    for i in range(len(variables)):
      g = found[i]
      result.append(torch.zeros_like(variables[i]) if g is None else g)
    return result

  # What an operation on the tape was computed from, and its derivatives by that, given that of its result y. An entry is
  # the kind of operation, y and the rest in the order of the first line of each case.
  def slopes(self: __torch__.Kernels, entry: List[Tensor], g: Tensor) -> Tuple[List[Tensor], List[Optional[Tensor]]]:
    inputs = annotate(List[Tensor], [])
    slopes = annotate(List[Optional[Tensor]], [])
    kind = int(entry[0])
    if kind == 0:  # aggregate; w is a scalar where there are no weights
      _k, _y, x, w, offsets, sources, targets, reverse_offsets, reverse_targets, reverse_edges, = entry
      if x.requires_grad:
        inputs.append(x)
        weights_or_none = w.detach() if w.dim() == 1 else None
        slopes.append(self.aggregate_dx(g, weights_or_none, reverse_offsets, reverse_targets, reverse_edges))
      if w.requires_grad:
        inputs.append(w)
        slopes.append(self.aggregate_dw(g, x.detach(), offsets, sources, targets))
    elif kind == 1:  # segment_softmax
      _k, y, values, offsets, index, = entry
      inputs.append(values)
      if y.dim() == 1:
        slopes.append(self.segment_softmax_dx(g.unsqueeze(1), y.detach().unsqueeze(1), offsets, index).squeeze(1))
      else:
        slopes.append(self.segment_softmax_dx(g, y.detach(), offsets, index))
    elif kind == 2:  # edge_sums
      _k, _y, a, b, offsets, reverse_offsets, reverse_edges, = entry
      if a.requires_grad:
        inputs.append(a)
        slopes.append(self.aggregate_unweighted(g, reverse_offsets, reverse_edges))
      if b.requires_grad:
        inputs.append(b)
        sums = self.sum_rows(g, offsets)
        further_rows = b.size(0) - sums.size(0)
        if further_rows > 0:
          sums = torch.cat([sums, sums.new_zeros([further_rows, sums.size(1)])])
        slopes.append(sums)
    elif kind == 4:  # relu, deconvolution: what is positive from above passes
      _k, _y, x, = entry
      inputs.append(x)
      slopes.append(torch.relu(g))
    elif kind == 5:  # relu, guided: what is positive from above passes where the input was positive
      _k, y, x, = entry
      inputs.append(x)
      slopes.append(torch.relu(g) * torch.gt(y.detach(), 0).to(g.dtype))
    else:  # 3, attend; factors are a scalar where there are none
      _k, y, x, scores, factors, shares, offsets, sources, targets, reverse_offsets, reverse_targets, reverse_edges, = entry
      heads = shares.size(1)
      w = self.weigh(shares, factors.detach())
      if x.requires_grad:
        inputs.append(x)
        reversed_w = w.index_select(0, reverse_edges)
        slopes.append(self.aggregate_heads(g, reversed_w, reverse_offsets, reverse_targets))
      if scores.requires_grad or factors.requires_grad:
        dw = self.aggregate_heads_dw(g, x.detach(), heads, offsets, sources, targets)
        if scores.requires_grad:
          # sum over e of w[e] dw[e] is the inner product of y and g
          total = self.head_sums(y.detach() * g, heads)
          inputs.append(scores)
          slopes.append(w * dw - shares * total.index_select(0, targets))
        if factors.requires_grad:
          inputs.append(factors)
          slopes.append((shares * dw).sum(1) if factors.dim() == 1 else shares * dw)
    return (inputs, slopes)

  # The same within a step, whose tape says how the result of each kernel was computed, oldest first.
  # For libtorch each such result is a leaf. So: differentiate down to the variables and leaves; then, from the newest
  # leaf to the oldest, apply the derivatives above and go on from what it was computed from.
  def gradients_of_step(self: __torch__.Kernels, outputs: Tensor, weights: Tensor, variables: List[Tensor],
                        tape: List[List[Tensor]]) -> List[Tensor]:
    count = len(variables)
    ends = variables[:]
    entries = annotate(List[List[Tensor]], [])
    for entry in tape:
      if entry[1].requires_grad:
        ends.append(entry[1])
        entries.append(entry)
    found = torch.grad([outputs], ends, annotate(List[Optional[Tensor]], [weights]), True, False, True)
    for later in range(len(entries)):
      k = len(entries) - 1 - later
      g = found[count + k]
      if g is not None:
        inputs, slopes, = self.slopes(entries[k], g)
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

  # Moves an array from memory that is not libtorch's into libtorch's own, in place.
  def own(self: __torch__.Kernels, x: Tensor) -> int:
    x.set_(x.clone())
    return 0

  # Overwrites an array in place, whatever was in it.                 both of one shape
  def assign(self: __torch__.Kernels, target: Tensor, values: Tensor) -> int:
    target.copy_(values)
    return 0

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
