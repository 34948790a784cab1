using System.Globalization;

namespace Pharos.Testing.Queries;

/// <summary>A query and the times it is asked for, in milliseconds; a step of 0 is an instant query at <paramref name="Start"/>.</summary>
public sealed record QueryCase(Term Query, long Start, long End, long Step)
{
    /// <summary>The look-back that the query asks for, milliseconds; 0 for the server's.</summary>
    public long Lookback { get; init; }

    public bool IsInstant => Step == 0;

    /// <summary>Whether the order of the elements of the answer, if it is a vector, is part of it.</summary>
    public bool IsOrdered => Query is CallTerm { Name: "sort" or "sort_desc" or "sort_by_label" or "sort_by_label_desc" }
        or AggregateTerm { Name: "topk" or "bottomk", IsWithout: false, Grouping.Count: 0 };

    public static QueryCase Instant(Term query, long time) => new(query, time, time, 0);

    /// <summary>Makes a case as small as it gets while a condition holds: fewer steps first, then a smaller query.</summary>
    public async Task<QueryCase> ShrinkAsync(Func<QueryCase, Task<bool>> holdsAsync)
    {
        QueryCase smallest = this;
        while (true)
        {
            QueryCase? smaller = null;
            foreach (QueryCase candidate in smallest.Simpler())
            {
                if (await holdsAsync(candidate))
                {
                    smaller = candidate;
                    break;
                }
            }

            if (smaller is null)
            {
                return smallest;
            }

            smallest = smaller;
        }
    }

    public override string ToString()
    {
        string times = IsInstant
            ? string.Create(CultureInfo.InvariantCulture, $"at {Start / 1000.0:F3}")
            : string.Create(CultureInfo.InvariantCulture, $"from {Start / 1000.0:F3} to {End / 1000.0:F3}, step {Step / 1000.0:F3} s");
        return $"{Query}\n  {times}{(Lookback == 0 ? "" : $", look-back {Lookback} ms")}";
    }

    private IEnumerable<QueryCase> Simpler()
    {
        foreach (Term query in Query.Simpler())
        {
            yield return this with { Query = query };
        }

        if (Lookback != 0)
        {
            yield return this with { Lookback = 0 };
        }

        if (IsInstant)
        {
            yield break;
        }

        long steps = (End - Start) / Step;
        if (steps > 0)
        {
            yield return this with { End = Start + (steps / 2 * Step) };
            yield return this with { Start = Start + ((steps + 1) / 2 * Step) };
            yield return this with { End = Start + ((steps - 1) * Step) };
            yield return this with { Start = Start + Step };
        }
        else
        {
            yield return this with { End = Start, Step = 0 };
        }
    }
}
