using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.PromQL.Syntax;
using Pharos.Storage;
using Pharos.Storage.Blocks;
using Pharos.Testing;

namespace Pharos.Conformance.Suites;

/// <summary>
/// What a reader must find in a block that lies beside the file. The block is copied into a data folder of its own, under the name that it gives itself, and the store is opened there.
/// </summary>
internal sealed partial class BlockExpectationsSuite : ISuite
{
    private const long DefaultMinTime = 0;
    private const long DefaultMaxTime = 1000;

    public string Area => "tsdb";

    public string FilePattern => "*.json";

    public void Run(string path, CaseReporter report)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement root = document.RootElement;
        foreach (JsonElement entry in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root])
        {
            if (!entry.TryGetProperty("block", out JsonElement name))
            {
                report.Skip("block", "the entry names no block");
                continue;
            }

            string block = Path.Combine(Path.GetDirectoryName(path)!, name.GetString()!);
            if (!Directory.Exists(block))
            {
                report.Skip(name.GetString()!, $"there is no folder {block}");
                continue;
            }

            try
            {
                RunBlock(name.GetString()!, block, entry, report);
            }
            catch (Exception e) when (e is CorruptionException or DataFolderException or IOException or PromQLException)
            {
                report.Fail(name.GetString()!, e.Message);
            }
        }
    }

    private static void RunBlock(string name, string block, JsonElement entry, CaseReporter report)
    {
        using var folder = new TempFolder();
        Ulid ulid = Ulid.TryParse(Path.GetFileName(block), out Ulid named) ? named : BlockMetaFile.Read(block).Ulid;
        Copy(block, folder.File(ulid.ToString()));

        // What has no chunks has a folder for them all the same, which may have been lost on the way.
        Directory.CreateDirectory(folder.File($"{ulid}/chunks"));
        using var store = Tsdb.Open(new TsdbOptions { Folder = folder.Path, Retention = TimeSpan.Zero });
        BlockMeta meta = BlockMetaFile.Read(folder.File(ulid.ToString()));
        CheckNumber(name, "min_time", entry, meta.MinTime, report);
        CheckNumber(name, "max_time", entry, meta.MaxTime, report);
        using ISeriesQuerier querier = store.OpenQuerier();
        SortedDictionary<string, List<Sample>> all = Select(querier, [], long.MinValue, long.MaxValue);
        CheckNumber(name, "num_series", entry, all.Count, report);
        CheckNumber(name, "num_samples", entry, all.Values.Sum(static samples => samples.Count), report);
        if (entry.TryGetProperty("other_series", out JsonElement others))
        {
            CheckOthers($"{name} other_series", others.GetString()!, all, report);
        }

        if (!entry.TryGetProperty("queries", out JsonElement queries))
        {
            return;
        }

        (long minTime, long maxTime) = RangeOf(entry);
        foreach (JsonElement query in queries.EnumerateArray())
        {
            string text = "{" + string.Join(", ", query.GetProperty("matchers").EnumerateArray().Select(static matcher => matcher.GetString())) + "}";
            SortedDictionary<string, List<Sample>> found = Select(querier, ReadMatchers(text), minTime, maxTime);
            report.Check($"{name} {text}", Text(ReadResult(query.GetProperty("result"))), Text(found));
        }
    }

    private static void CheckNumber(string name, string property, JsonElement entry, long actual, CaseReporter report)
    {
        if (entry.TryGetProperty(property, out JsonElement expected))
        {
            report.Check($"{name} {property}", expected.GetInt64().ToString(CultureInfo.InvariantCulture), actual.ToString(CultureInfo.InvariantCulture));
        }
    }

    // A run of series in words, as: bar="0" .. bar="99", each with the one sample t=0 v=0
    private static void CheckOthers(string name, string text, SortedDictionary<string, List<Sample>> all, CaseReporter report)
    {
        Match match = RunOfSeries().Match(text);
        if (!match.Success)
        {
            report.Skip(name, $"not a run of series: {text}");
            return;
        }

        var sample = new Sample(Number(match, "t"), double.Parse(match.Groups["v"].Value, CultureInfo.InvariantCulture));
        for (long i = Number(match, "first"); i <= Number(match, "last"); i++)
        {
            string labels = Labels.Of(match.Groups["name"].Value, i.ToString(CultureInfo.InvariantCulture)).ToString();
            if (!all.TryGetValue(labels, out List<Sample>? samples) || samples.Count != 1 || samples[0] != sample)
            {
                report.Fail(name, $"{labels} is not there with the one sample {sample}");
                return;
            }
        }

        report.Pass(name);
    }

    // The times are told in words, as: Queries are over t 0..1000.
    private static (long MinTime, long MaxTime) RangeOf(JsonElement entry)
    {
        Match match = entry.TryGetProperty("about", out JsonElement about) ? RangeOfTimes().Match(about.GetString()!) : Match.Empty;
        return match.Success ? (Number(match, "min"), Number(match, "max")) : (DefaultMinTime, DefaultMaxTime);
    }

    private static long Number(Match match, string group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    // A selector of PromQL must have a matcher that does not match the empty text; these need not.
    private static List<Matcher> ReadMatchers(string text)
    {
        var read = PromQLParser.ParseMetricSelector("{__conformance__!=\"\"," + text[1..]).ToList();
        read.RemoveAll(static matcher => matcher.Name == "__conformance__");
        return read;
    }

    private static SortedDictionary<string, List<Sample>> Select(ISeriesQuerier querier, IReadOnlyList<Matcher> matchers, long minTime, long maxTime)
    {
        ISeriesSet set = querier.Select(new SeriesSelection(matchers, minTime, maxTime), CancellationToken.None);
        var found = new SortedDictionary<string, List<Sample>>(StringComparer.Ordinal);
        var buffer = new SampleBuffer();
        for (int i = 0; i < set.Count; i++)
        {
            set.Read(i, minTime, maxTime, buffer);
            var samples = new List<Sample>();
            for (int k = 0; k < buffer.Count; k++)
            {
                samples.Add(new Sample(buffer.Timestamps[k], buffer.Values[k]));
            }

            found.Add(set.GetLabels(i).ToString(), samples);
        }

        return found;
    }

    private static SortedDictionary<string, List<Sample>> ReadResult(JsonElement result)
    {
        var expected = new SortedDictionary<string, List<Sample>>(StringComparer.Ordinal);
        foreach (JsonProperty series in result.EnumerateObject())
        {
            expected.Add(series.Name, [.. series.Value.EnumerateArray().Select(static pair => new Sample(pair[0].GetInt64(), ReadValue(pair[1])))]);
        }

        return expected;
    }

    private static double ReadValue(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble()
        : value.GetString() switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            string text => double.Parse(text, CultureInfo.InvariantCulture),
            null => throw new JsonException("a value is a number or its text"),
        };

    private static string Text(SortedDictionary<string, List<Sample>> series)
    {
        var text = new StringBuilder();
        foreach ((string labels, List<Sample> samples) in series)
        {
            text.Append(CultureInfo.InvariantCulture, $"{labels} [{string.Join(", ", samples.Select(static sample => string.Create(CultureInfo.InvariantCulture, $"{sample.Value}@{sample.Timestamp}")))}] ");
        }

        return text.ToString().TrimEnd();
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            // Written anew: the modes of the original may forbid to remove it.
            File.WriteAllBytes(Path.Combine(to, Path.GetFileName(file)), File.ReadAllBytes(file));
        }

        foreach (string folder in Directory.GetDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    [GeneratedRegex("""^(?<name>\w+)="(?<first>\d+)" \.\. \k<name>="(?<last>\d+)", each with the one sample t=(?<t>-?\d+) v=(?<v>\S+)$""")]
    private static partial Regex RunOfSeries();

    [GeneratedRegex(@"over t (?<min>-?\d+)\.\.(?<max>-?\d+)")]
    private static partial Regex RangeOfTimes();
}
