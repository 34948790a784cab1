using System.Globalization;

namespace Pharos.Testing.Queries;

/// <summary>A number.</summary>
public sealed record NumberTerm(double Value) : Term
{
    public override TermType Type => TermType.Scalar;

    public override IReadOnlyList<Term> Parts => [];

    public override string AsOperand => Value < 0 ? $"({this})" : ToString();

    public override Term WithParts(IReadOnlyList<Term> parts) => this;

    public override IEnumerable<Term> Plainer() => Value == 1 ? [] : [new NumberTerm(1)];

    public override string ToString() => Value switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "Inf",
        double.NegativeInfinity => "-Inf",
        _ => Value.ToString("R", CultureInfo.InvariantCulture),
    };
}
