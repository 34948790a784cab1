using System.Globalization;
using System.Text;
using System.Text.Json;
using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Library;
using Pharos.Dashboards.Model;
using Pharos.Dashboards.Reading;
using Pharos.Dashboards.Resolving;
using Pharos.Testing;

namespace Pharos.Dashboards.Tests.Reading;

/// <summary>Whatever a file holds, it is read, resolved and written, or refused with a <see cref="DashboardException"/>. Seeded: a failure names its seed.</summary>
public class MutationTests
{
    private const int RoundsPerFile = 9;
    private const int ReplacementsPerValue = 5;

    // One panel of each old kind with all that its migration looks at, and variables of every type.
    private const string EveryKind = """
        {"uid":"all","title":"All","schemaVersion":14,"sharedCrosshair":true,"links":[{"type":"link","url":"/d/$job","title":"x"},{"type":"dashboards","tags":["a"]}],"refresh":"5s",
         "annotations":{"list":[{"name":"n","enable":true}]},"templating":{"list":[
          {"name":"job","type":"query","query":"label_values(up, job)","regex":"/(?<text>a.*)-(?<value>.*)/","sort":3,"multi":true,"includeAll":true,"allValue":".*","current":{"value":["$__all"]}},
          {"name":"ns","type":"query","query":{"qryType":1,"metric":"up{job=~\"$job\"}","label":"ns"},"current":{"text":"x","value":"x"}},
          {"name":"c","type":"custom","query":"a : 1,b,c\\,d","options":[{"selected":true,"value":"b"}]},{"name":"i","type":"interval","query":"1m,5m","auto":true,"auto_count":20,"auto_min":"10s"},
          {"name":"ds","type":"datasource","query":"prometheus","regex":"/x/"},{"name":"t","type":"textbox","query":"q"},{"name":"k","type":"constant","query":"v","hide":"hideVariable"},{"name":"f","type":"adhoc"}]},
         "rows":[{"title":"$job","repeat":"job","height":"200px","showTitle":true,"panels":[
          {"id":1,"type":"graph","span":6,"title":"$c","repeat":"c","minSpan":4,"lines":true,"bars":true,"fill":2,"stack":true,"dashes":true,"dashLength":4,"thresholds":[{"value":1,"op":"lt","fill":true,"colorMode":"ok"}],
           "aliasColors":{"a":"red"},"seriesOverrides":[{"alias":"/b/","yaxis":2,"stack":"B","dashes":true,"hideTooltip":true,"legend":false,"zindex":1}],"yaxes":[{"format":"s","min":"0"},{"format":"short","show":false}],
           "xaxis":{"mode":"series","show":false},"legend":{"show":true,"values":true,"avg":true,"sort":"avg"},"targets":[{"expr":"rate(up{job=~\"$job\"}[$__rate_interval])","legendFormat":"{{job}}","intervalFactor":2}]},
          {"id":2,"type":"singlestat","gauge":{"show":true,"maxValue":5},"thresholds":"1,2","colors":["a","b","c"],"valueMaps":[{"value":"null","text":"-"}],"rangeMaps":[{"from":"1","to":"null","text":"r"}],"mappingType":2,"targets":[{"expr":"up"}]}]},
         {"collapse":true,"panels":[{"id":3,"type":"table","styles":[{"pattern":"/a/","type":"number","colorMode":"row","thresholds":["1","2"],"link":true,"linkUrl":"/x"},{"pattern":"T","type":"date"}],"transform":"timeseries_aggregations","columns":[{"text":"Avg","value":"avg"}],"sort":{"col":0}},
          {"id":4,"type":"gauge","options":{"fieldOptions":{"calcs":["avg"],"thresholds":[{"value":1}],"mappings":[{"type":1,"value":"1","text":"one"}],"override":{"unit":"s"}}}},
          {"id":5,"type":"bargauge","options":{"valueOptions":{"stat":"avg","unit":"s"},"thresholds":[{"value":2}],"minValue":0,"maxValue":"9"}},
          {"id":6,"type":"grafana-piechart-panel","pieType":"donut","legend":{"values":true},"aliasColors":{"x":"y"}},{"id":7,"type":"text","mode":"html","content":"<b>$c</b>"},
          {"id":8,"type":"timeseries","options":{"legend":{"displayMode":"hidden"}},"fieldConfig":{"defaults":{"mappings":[{"type":2,"from":"1","to":"2","text":"t"}],"custom":{"displayMode":"lcd-gauge"}},"overrides":[{"matcher":{"id":"byName","options":"x"},"properties":[{"id":"title","value":"y"}]}]},"transformations":[{"id":"seriesToColumns"}]}]}]}
        """;

    // What a flipped text becomes: kinds that are not expected, and numbers at their ends.
    private static readonly string[] Replacements =
        ["null", "true", "[]", "{}", "\"\"", "0", "-1", "1e300", "\"$job\"", "\"${job:\"", "\"[[\"", "[null]", "[[]]", "{\"a\":{}}", "\"\\ud800\"", "99999999999999999999", "\"/(/\"", "\"-1px\"", "[1,\"x\",null,{}]"];

    [Fact]
    public async Task The_dashboard_of_every_kind_is_read_and_resolved() => await ReadAsync(Encoding.UTF8.GetBytes(EveryKind));

    [Fact]
    public async Task A_dashboard_of_every_kind_with_any_value_replaced_is_read_or_refused()
    {
        byte[] file = Encoding.UTF8.GetBytes(EveryKind);
        List<(int Start, int Length)> values = ValuesOf(file);
        for (int i = 0; i < values.Count; i++)
        {
            // Each value by some, each neighbour by others.
            for (int k = 0; k < ReplacementsPerValue; k++)
            {
                string replacement = Replacements[((i * ReplacementsPerValue) + k) % Replacements.Length];
                await TryAsync($"value {i}, {replacement}", Replace(file, values[i], replacement));
            }
        }
    }

    [Fact]
    public async Task Files_from_the_wild_that_are_cut_and_flipped_are_read_or_refused()
    {
        Assert.SkipWhen(Repository.Shared is null && !Repository.IsContinuousIntegration, "../shared is not here");
        string[] paths = Directory.GetFiles(Path.Combine(Repository.Shared!, "conformance", "dashboards", "dashboards"), "*.json");
        Array.Sort(paths, StringComparer.Ordinal);
        for (int i = 0; i < paths.Length; i++)
        {
            byte[] file = await File.ReadAllBytesAsync(paths[i], TestContext.Current.CancellationToken);
            List<(int Start, int Length)> values = ValuesOf(file);
            var random = new Random(i);
            for (int round = 0; round < RoundsPerFile; round++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(paths[i])}, seed {i}, round {round}");
                await TryAsync(name, (round % 3) switch
                {
                    0 => file[..random.Next(file.Length)],
                    1 => Flip(file, random),
                    _ => Replace(file, values[random.Next(values.Count)], Replacements[random.Next(Replacements.Length)]),
                });
            }
        }
    }

    private static byte[] Flip(byte[] file, Random random)
    {
        byte[] flipped = [.. file];
        for (int i = 0; i < 8; i++)
        {
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        }

        return flipped;
    }

    private static byte[] Replace(byte[] file, (int Start, int Length) place, string by) =>
        [.. file.AsSpan(0, place.Start), .. Encoding.UTF8.GetBytes(by), .. file.AsSpan(place.Start + place.Length)];

    // Every value but the root: objects and lists with all that they hold.
    private static List<(int Start, int Length)> ValuesOf(byte[] file)
    {
        var values = new List<(int, int)>();
        var open = new Stack<int>();
        var reader = new Utf8JsonReader(file);
        while (reader.Read())
        {
            int start = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push(start);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    start = open.Pop();
                    if (open.Count > 0)
                    {
                        values.Add((start, (int)reader.BytesConsumed - start));
                    }

                    break;
                case JsonTokenType.PropertyName:
                    break;
                default:
                    values.Add((start, (int)reader.BytesConsumed - start));
                    break;
            }
        }

        return values;
    }

    private static async Task TryAsync(string what, byte[] file)
    {
        Exception? error = await Record.ExceptionAsync(() => ReadAsync(file));
        Assert.True(error is null or DashboardException { Message.Length: > 0 }, $"{what}: {error}");
    }

    // All that the server does with a file.
    private static async Task ReadAsync(byte[] file)
    {
        Dashboard dashboard = DashboardReader.Read(file, DatasourceDirectory.Empty);
        var source = new FakeVariableSource { Answers = { ["values job up"] = ["a-1", "a-2", "b"] } };
        ResolvedDashboard resolved = await Make.ResolveAsync(dashboard, source);
        using var json = new Utf8JsonWriter(Stream.Null);
        json.WriteStartObject();
        ResolvedDashboardWriter.WriteMembers(json, resolved, "", DashboardOrigin.File, 1, editable: false);
        json.WriteEndObject();
        var builder = new LibraryBuilder(DatasourceDirectory.Empty);
        builder.Add(new DashboardFile("x.json", file, DashboardOrigin.File, "", DateTimeOffset.UnixEpoch));
    }
}
