package org.aitia.api.engine;

/**
 * Memory of a GPU.
 *
 * @param totalBytes bytes in all
 * @param freeBytes bytes free at the moment of the question
 */
public record GpuMemory(long totalBytes, long freeBytes) {}
