using System.Globalization;
using System.Text;
using System.Text.Json;
using Pharos.Core.Buffers;
using Pharos.Core.Labels;
using Pharos.Rules.Evaluation;
using Pharos.Rules.Files;
using Pharos.Storage.Backfill;

namespace Pharos.Server.Backfill;

/// <summary>
/// Makes blocks of what recording rules would have recorded: for every rule and every span of a block one range query, at the very moments at which the group would have been evaluated.
/// The blocks are those of <c>promtool tsdb create-blocks-from rules</c>. Alerting rules are passed over.
/// </summary>
internal sealed class RuleBackfill
{
    private readonly Func<IReadOnlyDictionary<string, string>, CancellationToken, Task<JsonDocument>> _query;
    private readonly string _folder;
    private readonly long _blockMs;
    private readonly TimeProvider _clock;

    /// <param name="query">Asks a range query with these parameters; gives the whole answer of Prometheus' API.</param>
    /// <param name="folder">Where the blocks go; it exists.</param>
    /// <param name="blockMs">Span of a block.</param>
    /// <param name="clock">Gives blocks their names.</param>
    public RuleBackfill(Func<IReadOnlyDictionary<string, string>, CancellationToken, Task<JsonDocument>> query, string folder, long blockMs, TimeProvider clock)
    {
        _query = query;
        _folder = folder;
        _blockMs = blockMs;
        _clock = clock;
    }

    /// <summary>Writes the blocks of one group.</summary>
    /// <param name="file">The path of the group's file, from which its moments follow.</param>
    /// <param name="group">The group.</param>
    /// <param name="interval">Of a group that names none.</param>
    /// <param name="start">First second since the Unix epoch.</param>
    /// <param name="end">Last second.</param>
    /// <param name="cancellationToken">Ends it; blocks that are written stay.</param>
    /// <exception cref="InvalidDataException">The server refuses the query, or answers something else.</exception>
    public async Task RunAsync(string file, RuleGroupConfig group, TimeSpan interval, long start, long end, CancellationToken cancellationToken)
    {
        var schedule = new GroupSchedule(file, group.Name, group.Interval ?? interval);
        foreach (RuleConfig rule in group.Rules.Where(static rule => !rule.IsAlerting))
        {
            for (long block = BackfillPlan.StartOf(start * 1000, _blockMs); block <= end * 1000; block += _blockMs)
            {
                DateTimeOffset first = FirstSlot(schedule, Math.Max(block / 1000, start));
                long last = Math.Min((block + _blockMs - 1) / 1000, end);
                if (last < first.ToUnixTimeSeconds())
                {
                    break;
                }

                using JsonDocument answer = await _query(ParametersOf(rule, schedule, first, last), cancellationToken).ConfigureAwait(false);
                Collect(answer.RootElement, group, rule).Write(_folder, _clock, cancellationToken);
            }
        }
    }

    private static DateTimeOffset FirstSlot(GroupSchedule schedule, long second)
    {
        DateTimeOffset slot = schedule.SlotBefore(DateTimeOffset.FromUnixTimeSeconds(second));
        while (slot.ToUnixTimeSeconds() < second)
        {
            slot += schedule.Interval;
        }

        return slot;
    }

    private static Dictionary<string, string> ParametersOf(RuleConfig rule, GroupSchedule schedule, DateTimeOffset first, long last) => new()
    {
        ["query"] = rule.Expr.ToString(),
        ["start"] = ((first - DateTimeOffset.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture),
        ["end"] = last.ToString(CultureInfo.InvariantCulture),
        ["step"] = ((decimal)schedule.Interval.Ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture),
    };

    private BlockBuilder Collect(JsonElement answer, RuleGroupConfig group, RuleConfig rule)
    {
        if (answer.GetProperty("status").GetString() != "success")
        {
            throw new InvalidDataException($"query range: {answer.GetProperty("errorType").GetString()}: {answer.GetProperty("error").GetString()}");
        }

        JsonElement data = answer.GetProperty("data");
        if (data.GetProperty("resultType").GetString() is not "matrix" and string other)
        {
            throw new InvalidDataException($"rule result is wrong type {other}");
        }

        var builder = new BlockBuilder(2 * _blockMs);
        foreach (JsonElement series in data.GetProperty("result").EnumerateArray())
        {
            int number = builder.GetOrAdd(LabelsOf(series.GetProperty("metric"), group, rule));
            foreach (JsonElement sample in series.TryGetProperty("values", out JsonElement values) ? values.EnumerateArray() : default)
            {
                builder.Add(number, (long)(sample[0].GetDecimal() * 1000), ValueOf(sample[1]));
            }
        }

        return builder;
    }

    // Those of the rule over those of its group over those of the result.
    private static Labels LabelsOf(JsonElement metric, RuleGroupConfig group, RuleConfig rule)
    {
        var builder = new LabelsBuilder();
        foreach (JsonProperty label in metric.EnumerateObject())
        {
            builder.Set(label.Name, label.Value.GetString() ?? "");
        }

        foreach ((string name, string value) in group.Labels.Concat(rule.Labels))
        {
            builder.Set(name, value);
        }

        return builder.Set(Label.MetricName, rule.Record).ToLabels();
    }

    private static double ValueOf(JsonElement value)
    {
        string text = value.GetString() ?? "";
        return FloatReader.TryParse(Encoding.UTF8.GetBytes(text), out double number) ? number : throw new InvalidDataException($"{GoQuote.Quote(text)} is no value");
    }
}
