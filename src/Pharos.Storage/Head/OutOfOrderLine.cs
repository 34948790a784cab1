using System.Runtime.InteropServices;

namespace Pharos.Storage.Head;

/// <summary>
/// What is known of a series' out-of-order samples. Written under the commit lock and inside the gate; readers copy it there, and what the copy points at does not change.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct OutOfOrderLine
{
    public const int Bytes = 32;

    /// <summary>Oldest time, milliseconds; <see cref="long.MaxValue"/> when there is no sample.</summary>
    public long MinTime;

    /// <summary>Newest time, milliseconds; <see cref="long.MinValue"/> when there is no sample.</summary>
    public long MaxTime;

    /// <summary>The series.</summary>
    public uint Reference;

    /// <summary>Newest block of the open set; 0: none.</summary>
    public uint Block;

    /// <summary>Newest closed chunk, in units of the arena; 0: none.</summary>
    public uint Closed;

    /// <summary>Samples in the open set.</summary>
    public int Count;

    public readonly bool IsEmpty => (Count | (int)Closed) == 0;
}
