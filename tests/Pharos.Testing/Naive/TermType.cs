namespace Pharos.Testing.Naive;

/// <summary>What a <see cref="Term"/> evaluates to.</summary>
public enum TermType
{
    Scalar,
    Vector,
    Matrix,
}
