using System.Runtime.InteropServices;

namespace Pharos.Remote.Otlp.Messages;

/// <summary>Which elements of a list that all messages of a request share belong to one of them.</summary>
/// <param name="First">The index of the first.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct Slice(int First, int Count)
{
    /// <summary>What was added to the list since it had <paramref name="first"/> elements.</summary>
    public static Slice Since<T>(List<T> list, int first) => new(first, list.Count - first);

    /// <summary>The elements; valid until the list changes.</summary>
    public ReadOnlySpan<T> Of<T>(List<T> list) => CollectionsMarshal.AsSpan(list).Slice(First, Count);
}
