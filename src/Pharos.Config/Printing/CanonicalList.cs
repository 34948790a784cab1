namespace Pharos.Config.Printing;

/// <summary>Values in order.</summary>
public sealed class CanonicalList(IReadOnlyList<CanonicalNode> items) : CanonicalNode
{
    /// <summary>The values.</summary>
    public IReadOnlyList<CanonicalNode> Items { get; } = items;

    /// <summary>Whether it is printed in one line, as <c>[a, b]</c>.</summary>
    public bool IsFlow { get; init; }

    /// <inheritdoc/>
    public override bool IsEmpty => Items.Count == 0;

    /// <summary>A list of texts.</summary>
    public static CanonicalList OfTexts(IEnumerable<string> texts) => new([.. texts.Select(CanonicalScalar.OfText)]);
}
