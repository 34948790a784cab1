namespace Pharos.Testing.Queries;

/// <summary>What a <see cref="Term"/> evaluates to.</summary>
public enum TermType
{
    Scalar,
    Vector,
    Matrix,
    Text,
}
