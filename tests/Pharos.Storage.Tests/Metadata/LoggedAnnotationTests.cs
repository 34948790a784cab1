using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Tests.Metadata;

/// <summary>Exemplars and metadata live through restarts, truncations and failing disks.</summary>
public sealed class LoggedAnnotationTests
{
    private static readonly Matcher[] All = [new Matcher(MatchType.NotEqual, "__name__", "")];

    [Fact]
    public void Exemplars_are_there_again_after_a_restart()
    {
        using TestTsdb db = Open();
        SeriesRef a = db.Db.GetOrAdd(TestTsdb.Name("a"));
        db.Append(a, 1000, 1);
        db.Db.AppendExemplars([Exemplar(a, 1000, 1), Exemplar(a, 2000, 2), Exemplar(a, 1500, 3)]);
        db.Reopen();
        Assert.Equal([1000, 2000], Times(db));
    }

    [Fact]
    public void Without_a_limit_none_are_kept_and_none_logged()
    {
        using TestTsdb db = Open();
        SeriesRef a = db.Db.GetOrAdd(TestTsdb.Name("a"));
        db.Append(a, 1000, 1);
        db.Db.SetExemplars(0, TimeSpan.Zero);
        LogPosition before = db.Db.Log.End;
        db.Db.AppendExemplars([Exemplar(a, 1000, 1)]);
        Assert.Equal(before, db.Db.Log.End);
    }

    [Fact]
    public void A_checkpoint_keeps_exemplars_and_the_last_metadata_of_series_that_stay()
    {
        using TestTsdb db = Open();
        SeriesRef gone = db.Db.GetOrAdd(TestTsdb.Name("gone"));
        SeriesRef stays = db.Db.GetOrAdd(TestTsdb.Name("stays"));
        db.Append(gone, 1000, 1);
        db.Append(stays, 1000, 1);
        db.Db.AppendExemplars([Exemplar(gone, 1000, 1), Exemplar(stays, 1000, 2)]);
        db.Db.AppendMetadata([About(gone, "old"), About(stays, "old")]);
        db.Db.AppendMetadata([About(stays, "new")]);
        db.Reopen();
        db.Append(stays, 900_000, 2);
        db.Db.Truncate(500_000);
        db.Reopen();

        Assert.Single(Directory.GetDirectories(db.Wal, "checkpoint.*"));
        Assert.True(db.Db.TryGetMetadata(stays, out SeriesMetadata metadata));
        Assert.Equal("new", metadata.Help);
        Assert.Empty(Times(db));
    }

    [Fact]
    public void Metadata_is_logged_when_it_is_new_and_is_there_after_a_restart()
    {
        using TestTsdb db = Open();
        SeriesRef a = db.Db.GetOrAdd(TestTsdb.Name("a"));
        Assert.Equal(0, db.Db.AppendMetadata([About(a, "help")]));
        LogPosition end = db.Db.Log.End;
        db.Db.AppendMetadata([About(a, "help")]);
        Assert.Equal(end, db.Db.Log.End);
        db.Db.AppendMetadata([About(a, "other")]);
        Assert.NotEqual(end, db.Db.Log.End);
        db.Reopen();
        Assert.True(db.Db.TryGetMetadata(a, out SeriesMetadata metadata));
        Assert.Equal(new SeriesMetadata(a, MetricType.Counter, "seconds", "other"), metadata);
    }

    [Fact]
    public void Metadata_of_a_series_that_is_not_there_is_left_out()
    {
        using TestTsdb db = Open();
        Assert.Equal(1, db.Db.AppendMetadata([About(new SeriesRef(17), "help")]));
    }

    [Fact]
    public void A_store_that_does_not_keep_metadata_logs_none_and_reads_what_the_log_has()
    {
        using TestTsdb db = Open();
        SeriesRef a = db.Db.GetOrAdd(TestTsdb.Name("a"));
        db.Db.AppendMetadata([About(a, "help")]);
        string folder = db.Options.Folder;
        db.Db.Dispose();
        using Tsdb other = Tsdb.Open(db.Options with { KeepMetadata = false });
        Assert.True(other.TryGetMetadata(a, out _));
        Assert.False(other.KeepsMetadata);
        LogPosition end = other.Log.End;
        other.AppendMetadata([About(a, "another")]);
        Assert.Equal(end, other.Log.End);
        Assert.NotEmpty(folder);
    }

    private static TestTsdb Open() => new(configure: static options => options with { MaxExemplars = 10, KeepMetadata = true });

    private static SeriesExemplar Exemplar(SeriesRef series, long time, double value) => new(series, new Exemplar(Labels.Of("trace_id", "x"), value, time, HasTimestamp: true));

    private static SeriesMetadata About(SeriesRef series, string help) => new(series, MetricType.Counter, "seconds", help);

    private static IEnumerable<long> Times(TestTsdb db) =>
        db.Db.SelectExemplars([All], 0, long.MaxValue, CancellationToken.None).SelectMany(static s => s.Exemplars).Select(static e => e.Timestamp);
}
