namespace Pharos.Testing.Queries;

/// <summary>
/// A query as a tree that knows its own text. It has nothing in common with the parser of the engine, so a mistake there shows too.
/// </summary>
public abstract record Term
{
    public abstract TermType Type { get; }

    /// <summary>The terms it is made of.</summary>
    public abstract IReadOnlyList<Term> Parts { get; }

    /// <summary>The text where an operator may stand beside it.</summary>
    public virtual string AsOperand => ToString();

    /// <summary>The same with other parts, in the order of <see cref="Parts"/>.</summary>
    public abstract Term WithParts(IReadOnlyList<Term> parts);

    /// <summary>The same with one modifier less.</summary>
    public virtual IEnumerable<Term> Plainer() => [];

    /// <summary>Whether a condition holds for it or for a part of it, at any depth.</summary>
    public bool Any(Func<Term, bool> condition) => condition(this) || Parts.Any(p => p.Any(condition));

    /// <summary>Terms of the same type that are smaller than this one, the smallest first.</summary>
    public IEnumerable<Term> Simpler()
    {
        foreach (Term part in Parts)
        {
            if (part.Type == Type)
            {
                yield return part;
            }

            foreach (Term below in part.Parts.Where(below => below.Type == Type))
            {
                yield return below;
            }
        }

        foreach (Term plainer in Plainer())
        {
            yield return plainer;
        }

        for (int i = 0; i < Parts.Count; i++)
        {
            foreach (Term simpler in Parts[i].Simpler())
            {
                Term[] parts = [.. Parts];
                parts[i] = simpler;
                yield return WithParts(parts);
            }
        }
    }

    /// <summary>Makes a term as small as it gets while a condition holds.</summary>
    public async Task<Term> ShrinkAsync(Func<Term, Task<bool>> holdsAsync)
    {
        foreach (Term smaller in Simpler())
        {
            if (await holdsAsync(smaller))
            {
                return await smaller.ShrinkAsync(holdsAsync);
            }
        }

        return this;
    }

    public abstract override string ToString();
}
