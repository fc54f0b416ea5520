/** Models from PyTorch, as TorchScript modules, and models written as such. */
package org.aitia.models.internal.torchscript;
