using Pharos.Testing.Queries;

namespace Pharos.Testing.Differential;

/// <summary>Asks generated queries of both servers and keeps the differences, each shrunk to its smallest form.</summary>
public sealed class DifferentialRun(ServerPair servers, QueryWorld world, int seed)
{
    private const int Enough = 25;

    private readonly Dictionary<KnownDifference, int> _known = [];
    private readonly List<string> _differences = [];

    /// <summary>Told in full: the smallest form, the first difference in it, the seed and the original.</summary>
    public IReadOnlyList<string> Differences => _differences;

    /// <summary>How often each known difference explained one.</summary>
    public IReadOnlyDictionary<KnownDifference, int> Known => _known;

    /// <summary>Queries that both answered the same with at least one series.</summary>
    public int Answered { get; private set; }

    /// <summary>Queries that both refused with the same words.</summary>
    public int Refused { get; private set; }

    /// <summary>Answers that came with the same warnings or infos.</summary>
    public int Annotated { get; private set; }

    /// <summary>Asks so many queries, each once for an instant and once for a range; ends early when enough differ.</summary>
    public async Task AskAsync(int queries, int maxDepth)
    {
        var random = new Random(seed);
        var generator = new QueryGenerator(random, world);
        for (int i = 0; i < queries && _differences.Count < Enough; i++)
        {
            (QueryCase instant, QueryCase range) = generator.Cases(random.Next(maxDepth + 1));
            await CompareAsync(instant);
            await CompareAsync(range);
        }
    }

    private async Task CompareAsync(QueryCase query)
    {
        (Answer expected, Answer actual) = await BothAsync(query);
        if (Unexplained(query, expected, actual) is null)
        {
            Answered += expected.Series.Count > 0 ? 1 : 0;
            Refused += expected.IsError ? 1 : 0;
            Annotated += expected.Warnings.Count + expected.Infos.Count > 0 ? 1 : 0;
            return;
        }

        QueryCase smallest = await query.ShrinkAsync(async smaller =>
        {
            (Answer one, Answer other) = await BothAsync(smaller);
            return Unexplained(smaller, one, other) is not null;
        });
        (expected, actual) = await BothAsync(smallest);
        _differences.Add($"{smallest}\n  {Unexplained(smallest, expected, actual)}\n  seed {seed}, shrunk from {query}\n");
    }

    private string? Unexplained(QueryCase query, Answer expected, Answer actual)
    {
        if (AnswerComparison.Difference(expected, actual, IsOrdered(query)) is not { } difference)
        {
            return null;
        }

        if (KnownDifferences.All.FirstOrDefault(k => k.Covers(query, expected, actual)) is not { } known)
        {
            return difference;
        }

        _known[known] = _known.GetValueOrDefault(known) + 1;
        return null;
    }

    private async Task<(Answer Prometheus, Answer Pharos)> BothAsync(QueryCase query)
    {
        Task<Answer> prometheus = servers.AskPrometheusAsync(query), pharos = servers.AskPharosAsync(query);
        return (await prometheus, await pharos);
    }

    private static bool IsOrdered(QueryCase query) => query.Query is CallTerm { Name: "sort" or "sort_desc" or "sort_by_label" or "sort_by_label_desc" }
        or AggregateTerm { Name: "topk" or "bottomk", IsWithout: false, Grouping.Count: 0 };
}
