namespace Pharos.Storage.Blocks;

/// <summary>Sorts entries by their upper 32 bits and leaves those that are equal in their order: 11 bits at a time, and no more bits than the greatest value has.</summary>
/// <remarks>Pointers: both arrays hold as many entries as are said; a digit is below the number of counters.</remarks>
internal static unsafe class ValueSort
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;

    /// <summary>Returns which of the two arrays holds the result.</summary>
    /// <param name="entries">To be sorted.</param>
    /// <param name="room">As many places again.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="values">The upper halves are below this.</param>
    public static ulong* Sort(ulong* entries, ulong* room, long count, uint values)
    {
        long* starts = stackalloc long[Digits]; // 16 KiB
        for (int shift = 32; shift < 64 && (values - 1UL) >> (shift - 32) != 0; shift += DigitBits)
        {
            new Span<long>(starts, Digits).Clear();
            for (long i = 0; i < count; i++)
            {
                starts[(int)(entries[i] >> shift) & (Digits - 1)]++;
            }

            long at = 0;
            for (int digit = 0; digit < Digits; digit++)
            {
                long size = starts[digit];
                starts[digit] = at;
                at += size;
            }

            for (long i = 0; i < count; i++)
            {
                room[starts[(int)(entries[i] >> shift) & (Digits - 1)]++] = entries[i];
            }

            ulong* before = entries;
            entries = room;
            room = before;
        }

        return entries;
    }
}
