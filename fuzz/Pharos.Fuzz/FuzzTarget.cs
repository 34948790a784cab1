namespace Pharos.Fuzz;

/// <summary>Takes any bytes, and throws when what the product makes of them is wrong; what the product refuses in its own words is right.</summary>
internal delegate void FuzzRun(ReadOnlySpan<byte> input);

/// <summary>One thing that is fed with arbitrary bytes.</summary>
/// <param name="Name">Also the name of its folders under <c>fuzz/corpus</c> and <c>fuzz/regressions</c>.</param>
/// <param name="Run">Feeds it once.</param>
/// <param name="Words">What inputs are made of besides the corpus.</param>
internal sealed record FuzzTarget(string Name, FuzzRun Run, IReadOnlyList<string> Words)
{
    /// <summary>All there are.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("promql-parse", Targets.PromQLParse.Run, Targets.PromQLWords.Expression),
        new("promql-evaluate", Targets.PromQLEvaluate.Run, Targets.PromQLWords.Expression),
        new("promql-series", Targets.PromQLSeries.Run, Targets.PromQLWords.Series),
        new("otlp-json", Targets.OtlpRequests.RunJson, Targets.OtlpRequests.JsonWords),
        new("otlp-protobuf", Targets.OtlpRequests.RunProtobuf, Targets.OtlpRequests.ProtobufWords),
        new("histogram-chunks", Targets.HistogramChunks.Run, Targets.HistogramChunks.Words),
        new("remote-write", Targets.RemoteWriteRequests.Run, Targets.RemoteWriteRequests.Words),
    ];

    /// <summary>Its seeds and the inputs that ever failed, by file name. A file holds one input a line where its name ends with <c>.txt</c>.</summary>
    public IEnumerable<(string File, byte[] Input)> Inputs()
    {
        foreach (string folder in new[] { "corpus", "regressions" })
        {
            string path = Path.Combine(Testing.Repository.Root, "fuzz", folder, Name);
            string[] files = Directory.Exists(path) ? Directory.GetFiles(path) : [];
            foreach (string file in files.Order(StringComparer.Ordinal))
            {
                if (!file.EndsWith(".txt", StringComparison.Ordinal))
                {
                    yield return (file, File.ReadAllBytes(file));
                    continue;
                }

                foreach (string line in File.ReadLines(file).Where(static l => l.Length > 0))
                {
                    yield return (file, System.Text.Encoding.UTF8.GetBytes(line));
                }
            }
        }
    }
}
