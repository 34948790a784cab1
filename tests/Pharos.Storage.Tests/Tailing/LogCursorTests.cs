using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Tailing;
using Pharos.Storage.Wal;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Tailing;

public sealed class LogCursorTests
{
    private const LogContent All = LogContent.Series | LogContent.Samples | LogContent.Exemplars | LogContent.Metadata;
    private readonly LoggedRecord _record = new();

    [Fact]
    public void What_is_appended_comes_in_order_and_then_nothing_until_there_is_more()
    {
        using var db = new TestTsdb();
        using ILogCursor cursor = db.Db.Log.OpenCursor(new LogPosition(0, 0), All);
        SeriesRef a = db.Db.GetOrAdd(TestTsdb.Name("a", "job", "x"));
        db.Append(a, 1000, 1);

        Assert.True(cursor.TryRead(_record));
        Assert.Equal(a, _record.GetSeries(0, out ReadOnlySpan<byte> labels));
        Assert.Equal(InMemoryAppender.Encode(TestTsdb.Name("a", "job", "x")), labels.ToArray());
        Assert.True(cursor.TryRead(_record));
        Assert.Equal([new LoggedSample(a, 1000, 1, 0)], _record.Samples.ToArray());
        Assert.False(cursor.TryRead(_record));

        db.Append(a, 2000, 2);
        Assert.True(cursor.TryRead(_record));
        Assert.Equal([new LoggedSample(a, 2000, 2, 0)], _record.Samples.ToArray());
        Assert.False(cursor.TryRead(_record));
        Assert.Equal(db.Db.Log.End, cursor.Position);
    }

    [Fact]
    public void Many_records_over_many_segments_come_all_from_any_place_on()
    {
        using var db = new TestTsdb();
        var written = new List<LoggedSample>();
        var places = new List<(LogPosition From, int Written)>();
        using ILogCursor first = db.Db.Log.OpenCursor(new LogPosition(0, 0), LogContent.Samples);
        SeriesRef[] series = [.. Enumerable.Range(0, 700).Select(i => db.Db.GetOrAdd(TestTsdb.Name("m", "i", i.ToString())))];
        var random = new Random(3);
        for (int round = 1; round <= 200; round++)
        {
            places.Add((db.Db.Log.End, written.Count));
            var batch = new SampleBatch();
            foreach (SeriesRef one in series.AsSpan(0, random.Next(1, series.Length)))
            {
                var sample = new LoggedSample(one, round * 1000L, random.NextDouble(), 0);
                batch.Add(one, sample.Timestamp, sample.Value);
                written.Add(sample);
            }

            db.Db.Append(batch);
        }

        Assert.True(db.Db.Log.End.Segment > 2);
        Assert.Equal(written, ReadSamples(first));
        foreach ((LogPosition from, int before) in places.Where((_, i) => i % 23 == 0))
        {
            using ILogCursor cursor = db.Db.Log.OpenCursor(from, LogContent.Samples);
            Assert.Equal(written[before..], ReadSamples(cursor));
        }
    }

    [Fact]
    public void A_writer_raises_the_event_after_each_commit()
    {
        using var db = new TestTsdb();
        int raised = 0;
        db.Db.Log.Written += () => raised++;
        db.Append(TestTsdb.Name("a"), 1000, 1);
        Assert.Equal(1, raised);
    }

    [Fact]
    public void Reading_goes_on_after_the_store_was_opened_again()
    {
        using var db = new TestTsdb();
        SeriesRef a = db.Db.GetOrAdd(TestTsdb.Name("a"));
        db.Append(a, 1000, 1);
        LogPosition position = db.Db.Log.End;
        db.Append(a, 2000, 2);
        db.Reopen();
        db.Append(a, 3000, 3);

        using ILogCursor cursor = db.Db.Log.OpenCursor(position, LogContent.Samples);
        Assert.Equal([new LoggedSample(a, 2000, 2, 0), new LoggedSample(a, 3000, 3, 0)], ReadSamples(cursor));
    }

    [Fact]
    public void Samples_out_of_order_come_where_they_were_taken_in()
    {
        using var db = new TestTsdb(configure: static options => options with { OutOfOrderWindow = TimeSpan.FromMinutes(10) });
        SeriesRef a = db.Db.GetOrAdd(TestTsdb.Name("a"));
        SeriesRef b = db.Db.GetOrAdd(TestTsdb.Name("b"));
        db.Append(a, 300_000, 1);
        db.Append(a, 100_000, 2);
        var mixed = new SampleBatch();
        mixed.Add(a, 200_000, 3);
        mixed.Add(b, 400_000, 4);
        Assert.Equal(2, db.Db.Append(mixed).Appended);

        using ILogCursor cursor = db.Db.Log.OpenCursor(new LogPosition(0, 0), LogContent.Samples);
        Assert.Equal(
            [new LoggedSample(a, 300_000, 1, 0), new LoggedSample(a, 100_000, 2, 0), new LoggedSample(a, 200_000, 3, 0), new LoggedSample(b, 400_000, 4, 0)],
            ReadSamples(cursor));
    }

    [Fact]
    public void Segments_that_are_gone_are_counted_and_the_rest_is_read()
    {
        using var db = new TestTsdb();
        SeriesRef a = db.Db.GetOrAdd(TestTsdb.Name("a"));
        db.Append(a, 1000, 1);
        db.Db.Truncate(500_000);
        SeriesRef b = db.Db.GetOrAdd(TestTsdb.Name("b"));
        db.Append(b, 900_000, 2);

        using ILogCursor cursor = db.Db.Log.OpenCursor(new LogPosition(0, 0), LogContent.Samples);
        Assert.Equal([new LoggedSample(b, 900_000, 2, 0)], ReadSamples(cursor));
        Assert.Equal(1, cursor.LostSegments);
    }

    [Fact]
    public void Labels_of_a_series_come_from_the_head_and_after_it_was_dropped_from_the_log()
    {
        using var db = new TestTsdb();
        Labels labels = TestTsdb.Name("a", "job", "x");
        SeriesRef a = db.Db.GetOrAdd(labels);
        byte[] buffer = [];
        int length = db.Db.Log.FindLabels(a, ref buffer);
        Assert.Equal(InMemoryAppender.Encode(labels), buffer[..length]);

        db.Append(a, 1000, 1);
        db.Append(TestTsdb.Name("b"), 900_000, 2);
        db.Db.Truncate(500_000);
        Assert.Equal(-1, db.Db.Log.FindLabels(a, ref buffer));
        var seen = new List<SeriesRef>();
        db.Db.Log.ReadSeries(db.Db.Log.End, record => seen.Add(record.GetSeries(0, out _)), CancellationToken.None);
        Assert.Contains(a, seen);
    }

    [Fact]
    public void Damage_is_told_with_its_place_and_can_be_passed_over()
    {
        using var db = new TestTsdb();
        SeriesRef a = db.Db.GetOrAdd(TestTsdb.Name("a"));
        db.Append(a, 1000, 1);
        string segment = Path.Combine(db.Wal, "00000000");
        db.Reopen();
        db.Append(a, 2000, 2);
        using (FileStream file = File.Open(segment, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = 9;
            file.WriteByte(0xff);
        }

        using ILogCursor cursor = db.Db.Log.OpenCursor(new LogPosition(0, 0), LogContent.Samples);
        IOException damage = Assert.Throws<IOException>(() => cursor.TryRead(_record));
        Assert.Contains("00000000", damage.Message, StringComparison.Ordinal);
        Assert.Equal(new LogPosition(0, 0), cursor.Position);
        Assert.True(cursor.SkipSegment());
        Assert.Equal([new LoggedSample(a, 2000, 2, 0)], ReadSamples(cursor));
        Assert.False(cursor.SkipSegment());
    }

    [Fact]
    public void Histograms_exemplars_and_metadata_come_where_they_are_asked_for()
    {
        using var db = new TestTsdb(configure: static options => options with { MaxExemplars = 10, KeepMetadata = true });
        SeriesRef a = db.Db.GetOrAdd(TestTsdb.Name("a"));
        var random = new RandomHistograms(4);
        NativeHistogram[] histograms = [.. Enumerable.Range(0, 20).Select(_ => new NativeHistogram(random.Any()))];
        for (int i = 0; i < histograms.Length; i++)
        {
            var batch = new SampleBatch();
            batch.Add(a, 1000 + i, histograms[i]);
            db.Db.Append(batch);
        }

        var exemplar = new SeriesExemplar(a, new Exemplar(Labels.Of("trace_id", "x"), 1, 1000, HasTimestamp: false));
        var metadata = new SeriesMetadata(a, MetricType.Histogram, "s", "help");
        db.Db.AppendExemplars([exemplar]);
        db.Db.AppendMetadata([metadata]);

        var read = new List<LoggedHistogram>();
        var exemplars = new List<SeriesExemplar>();
        var said = new List<SeriesMetadata>();
        using ILogCursor cursor = db.Db.Log.OpenCursor(new LogPosition(0, 0), All | LogContent.Histograms);
        while (cursor.TryRead(_record))
        {
            read.AddRange(_record.Histograms);
            exemplars.AddRange(_record.Exemplars);
            said.AddRange(_record.Metadata);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(static i => 1000L + i), read.Select(static h => h.Timestamp));
        Assert.All(read, h => Assert.True(histograms[(int)(h.Timestamp - 1000)].ToFloat().ContentEquals(h.Histogram.ToFloat())));
        Assert.Equal(new LogStatistics(0, 1, 20, 1019), db.Db.Log.Statistics);
        Assert.Equal([exemplar], exemplars);
        Assert.Equal([metadata], said);
    }

    [Fact]
    public void A_segment_with_any_damage_is_read_or_refused_in_words()
    {
        using var folder = new TempFolder();
        byte[] bytes;
        using (TestTsdb db = TestTsdb.Open(folder))
        {
            for (int i = 0; i < 40; i++)
            {
                db.Append(TestTsdb.Name("a", "i", $"{i % 7}"), 1000 + i, i);
            }

            bytes = File.ReadAllBytes(Path.Combine(db.Wal, "00000000"));
        }

        var random = new Random(9);
        string path = folder.File("00000000");
        for (int round = 0; round < 2000; round++)
        {
            byte[] damaged = [.. bytes];
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(path, damaged);
            var end = new LogEnd(0);
            end.MoveTo(0, random.Next(damaged.Length + 100));
            using var cursor = new LogCursor(folder.Path, end, new LogPosition(0, random.Next(4) == 0 ? random.Next(damaged.Length) : 0), All | LogContent.Histograms);
            try
            {
                while (cursor.TryRead(_record))
                {
                }
            }
            catch (IOException e)
            {
                Assert.Contains("00000000", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void What_nobody_asked_for_is_passed_over()
    {
        using var db = new TestTsdb();
        db.Append(TestTsdb.Name("a"), 1000, 1);
        using ILogCursor cursor = db.Db.Log.OpenCursor(new LogPosition(0, 0), LogContent.None);
        Assert.True(cursor.TryRead(_record));
        Assert.True(cursor.TryRead(_record));
        Assert.Equal((0, 0), (_record.SampleCount, _record.SeriesCount));
        Assert.Equal(2, cursor.Records);
    }

    private List<LoggedSample> ReadSamples(ILogCursor cursor)
    {
        var all = new List<LoggedSample>();
        while (cursor.TryRead(_record))
        {
            all.AddRange(_record.Samples);
        }

        return all;
    }
}
