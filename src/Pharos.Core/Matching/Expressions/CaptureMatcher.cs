using System.Buffers;

namespace Pharos.Core.Matching.Expressions;

/// <summary>
/// Finds where the groups of a program matched, with Perl's preferences (the first branch, the longest greedy repetition that lets the rest match), in time
/// linear in program times text. Stateless.
/// </summary>
internal static class CaptureMatcher
{
    /// <summary>Marks of the backtracking search, in bits, up to which it is used: 256 KiB. Beyond it threads are run in step.</summary>
    private const long MaxMarks = 1L << 21;

    /// <summary>
    /// The leftmost match. <paramref name="slots"/> gets start and end of each group in UTF-16 units, -1 for a group that took no part; it has
    /// <see cref="RegexProgram.Slots"/> places. The search begins at <paramref name="from"/>; what stands before it still counts for <c>^</c> and <c>\b</c>.
    /// </summary>
    public static bool TryMatch(RegexProgram program, ReadOnlySpan<char> text, bool anchored, Span<int> slots, int from = 0)
    {
        long marks = (long)program.Instructions.Length * (text.Length + 1);
        return marks <= MaxMarks
            ? Backtrack(program, text, anchored, slots, (int)((marks + 63) / 64), from)
            : ThreadedMatcher.TryMatch(program, text, anchored, slots, from);
    }

    private static bool Backtrack(RegexProgram program, ReadOnlySpan<char> text, bool anchored, Span<int> slots, int words, int from)
    {
        ulong[] visited = ArrayPool<ulong>.Shared.Rent(words);
        visited.AsSpan(0, words).Clear();
        var search = new BacktrackingSearch(program, text, visited, slots);
        try
        {
            bool found = search.TryFrom(from);
            for (int start = from + 1; !found && !anchored && start <= text.Length; start++)
            {
                found = search.TryFrom(start);
            }

            return found;
        }
        finally
        {
            search.Dispose();
            ArrayPool<ulong>.Shared.Return(visited);
        }
    }
}
