/** Files that Python writes: NumPy's npy and npz, pickles of arrays, SciPy's sparse matrices. */
package org.aitia.formats.python;
