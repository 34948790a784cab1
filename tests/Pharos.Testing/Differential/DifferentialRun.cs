using System.Globalization;
using Pharos.Testing.Queries;

namespace Pharos.Testing.Differential;

/// <summary>Asks generated queries of Prometheus and of Pharos, and keeps the differences, each shrunk to its smallest form.</summary>
/// <param name="askPrometheus">Asks the one, which decides.</param>
/// <param name="askPharos">Asks the other.</param>
/// <param name="world">The data that both hold.</param>
/// <param name="seed">Decides the queries.</param>
public sealed class DifferentialRun(Func<QueryCase, Task<Answer>> askPrometheus, Func<QueryCase, Task<Answer>> askPharos, QueryWorld world, int seed)
{
    private const int Enough = 25;

    // Of two orders by chance the same one comes so often once in a thousand times.
    private const int Repetitions = 10;

    private readonly Dictionary<KnownDifference, int> _known = [];
    private readonly List<string> _differences = [];

    /// <summary>The seeds of long runs: those that <c>PHAROS_DIFFERENTIAL_SEEDS</c> names, as <c>100-120</c>, or ten.</summary>
    public static IEnumerable<int> ChosenSeeds
    {
        get
        {
            string[] bounds = (Environment.GetEnvironmentVariable("PHAROS_DIFFERENTIAL_SEEDS") ?? "2-11").Split('-');
            int first = int.Parse(bounds[0], CultureInfo.InvariantCulture), last = int.Parse(bounds[^1], CultureInfo.InvariantCulture);
            return Enumerable.Range(first, last - first + 1);
        }
    }

    /// <summary>What came out, in figures.</summary>
    public string Summary => $"{Answered} answered, {Refused} refused, {Annotated} with annotations, {Unsettled} unsettled; known:\n"
        + string.Join('\n', _known.Select(static k => $"{k.Value} {k.Key.Reason}"));

    /// <summary>Told in full: the smallest form, the first difference in it, the seed and the original.</summary>
    public IReadOnlyList<string> Differences => _differences;

    /// <summary>How often each known difference explained one.</summary>
    public IReadOnlyDictionary<KnownDifference, int> Known => _known;

    /// <summary>Queries that both answered the same with at least one series.</summary>
    public int Answered { get; private set; }

    /// <summary>Queries that both refused with the same words.</summary>
    public int Refused { get; private set; }

    /// <summary>Queries that Prometheus answers now so, now otherwise, and Pharos in another way than it did the first time.</summary>
    public int Unsettled { get; private set; }

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
            if (await AgreeAsync(instant))
            {
                await AgreeAsync(range);
            }
        }
    }

    private async Task<bool> AgreeAsync(QueryCase query)
    {
        (Answer expected, Answer actual) = await BothAsync(query);
        if (KnownDifferences.DifferenceBeyond(query, expected, actual) is null)
        {
            CountKnown(query, expected, actual);
            Answered += expected.Series.Count > 0 ? 1 : 0;
            Refused += expected.IsError ? 1 : 0;
            Annotated += expected.Warnings.Count + expected.Infos.Count > 0 ? 1 : 0;
            return true;
        }

        if (await IsUnsettledAsync(query, expected))
        {
            Unsettled++;
            return true;
        }

        QueryCase smallest = await query.ShrinkAsync(async smaller =>
        {
            (Answer one, Answer other) = await BothAsync(smaller);
            return KnownDifferences.DifferenceBeyond(smaller, one, other) is not null && !await IsUnsettledAsync(smaller, one);
        });
        (expected, actual) = await BothAsync(smallest);
        _differences.Add($"{smallest}\n  {KnownDifferences.DifferenceBeyond(smallest, expected, actual)}\n  seed {seed}, shrunk from {query}\n");
        return false;
    }

    /// <summary>
    /// Whether Prometheus answers the same query otherwise the next time. Between operators its elements stand in the order of a Go map, which is random:
    /// which of equal elements <c>topk</c> takes, and which of several duplicates an error names, is then left to chance.
    /// </summary>
    private async Task<bool> IsUnsettledAsync(QueryCase query, Answer first)
    {
        for (int i = 0; i < Repetitions; i++)
        {
            if (AnswerComparison.Difference(first, await askPrometheus(query), query.IsOrdered) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private void CountKnown(QueryCase query, Answer prometheus, Answer pharos)
    {
        foreach (KnownDifference known in KnownDifferences.All)
        {
            (Answer Prometheus, Answer Pharos) adjusted = known.Adjust(query, prometheus, pharos);
            if (AnswerComparison.Difference(prometheus, pharos, isOrdered: false) != AnswerComparison.Difference(adjusted.Prometheus, adjusted.Pharos, isOrdered: false))
            {
                _known[known] = _known.GetValueOrDefault(known) + 1;
            }
        }
    }

    private async Task<(Answer Prometheus, Answer Pharos)> BothAsync(QueryCase query)
    {
        Task<Answer> prometheus = askPrometheus(query), pharos = askPharos(query);
        return (await prometheus, await pharos);
    }
}
