using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Functions;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.Testing.Differential;
using Pharos.Testing.Queries;

namespace Pharos.PromQL.Tests.Syntax;

/// <summary>The queries that the real Prometheus and Pharos are asked: what they are made of, and how they shrink.</summary>
public class GeneratedQueryTests
{
    private static readonly ParserOptions Options = ParserOptions.Default with { ExperimentalFunctions = true };

    private static List<Term> Queries(int seed, int count)
    {
        var generator = new QueryGenerator(new Random(seed), HistogramData.World);
        return [.. Enumerable.Range(0, count).Select(i => generator.Query(i % 5))];
    }

    [Fact]
    public void The_same_seed_makes_the_same_queries() => Assert.Equal(Queries(3, 200).Select(static q => q.ToString()), Queries(3, 200).Select(static q => q.ToString()));

    [Fact]
    public void All_parse_but_those_of_a_wrong_type()
    {
        List<Term> queries = Queries(1, 4000);
        int refused = queries.Count(static q => !Parses(q));

        Assert.InRange(refused, queries.Count / 200, queries.Count / 10);
    }

    [Fact]
    public void Every_function_and_operator_is_generated_or_left_to_the_scripts()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        Queries(2, 20_000).ForEach(q => Collect(q, used));

        IEnumerable<string> all =
        [
            .. FunctionTable.All.Select(static f => f.Name), .. Enum.GetValues<AggregateOp>().Select(static o => o.Text()), .. Enum.GetValues<BinaryOp>().Select(static o => o.Text()),
        ];
        Assert.Equal(LeftToScripts.All.Keys.Order(StringComparer.Ordinal), all.Where(name => !used.Contains(name)).Order(StringComparer.Ordinal));
        Assert.Empty(LeftToScripts.All.Keys.Intersect(used));
    }

    [Fact]
    public async Task A_query_that_fails_is_shrunk_to_what_makes_it_fail()
    {
        var generator = new QueryGenerator(new Random(11), DifferentialData.World);
        for (int i = 0; i < 300; i++)
        {
            (QueryCase instant, QueryCase range) = generator.Cases(4);
            if (range.Query.Any(static t => t is CallTerm { Name: "rate" }))
            {
                QueryCase smallest = await range.ShrinkAsync(static c => Task.FromResult(c.Query.Any(static t => t is CallTerm { Name: "rate" })));
                Assert.StartsWith("rate(", smallest.Query.ToString(), StringComparison.Ordinal);
                Assert.True(smallest.Query.ToString().Length <= range.Query.ToString().Length);
                Assert.True(smallest.IsInstant);
                Assert.True(instant.IsInstant);
            }
        }
    }

    private static bool Parses(Term query)
    {
        try
        {
            PromQLParser.ParseExpr(query.ToString(), Options);
            return true;
        }
        catch (PromQLException)
        {
            return false;
        }
    }

    private static void Collect(Term term, HashSet<string> names)
    {
        names.Add(term switch
        {
            CallTerm call => call.Name,
            AggregateTerm aggregate => aggregate.Name,
            BinaryTerm binary => binary.Operator,
            _ => "",
        });
        foreach (Term part in term.Parts)
        {
            Collect(part, names);
        }
    }
}
