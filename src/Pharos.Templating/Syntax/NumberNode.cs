namespace Pharos.Templating.Syntax;

/// <summary>A number, which fits one or both of the kinds that a function may ask for.</summary>
internal sealed class NumberNode(int position, string text, long? whole, double? real, bool isReal) : Node(position)
{
    /// <summary>Null when it is no whole number of 64 bits.</summary>
    public long? Whole { get; } = whole;

    /// <summary>Null when it has no such value.</summary>
    public double? Real { get; } = real;

    /// <summary>Where nothing else is asked for it is a floating-point number.</summary>
    public bool IsReal { get; } = isReal;

    public override string ToString() => text;
}
