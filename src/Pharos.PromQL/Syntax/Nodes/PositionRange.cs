namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>A part of the query text: byte offsets into its UTF-8 form, the end exclusive.</summary>
public readonly record struct PositionRange(int Start, int End)
{
    /// <summary>From the beginning of one range to the end of another that follows it.</summary>
    public static PositionRange Merge(PositionRange first, PositionRange last) => new(first.Start, last.End);

    /// <inheritdoc/>
    public override string ToString() => $"[{Start}, {End})";
}
