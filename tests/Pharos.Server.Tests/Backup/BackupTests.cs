using System.Net;
using Pharos.Access.Tokens;
using Pharos.Core.Contracts;
using Pharos.Core.Samples;
using Pharos.Server.Access;
using Pharos.Server.Commands;
using Pharos.Server.Tests.Commands;
using Pharos.State;
using Pharos.Storage;
using Pharos.Testing;

namespace Pharos.Server.Tests.Backup;

/// <summary>Backups of a server that is written to, and what is restored of them.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly long _now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    [Theory]
    [InlineData("backup.tar")]
    [InlineData("backup")]
    public async Task A_backup_taken_under_load_has_every_sample_acknowledged_before_and_none_half(string target)
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.enable-remote-write-receiver", "--storage.tsdb.wal-segment-size=10MB");
        var acknowledged = new List<int>();
        using var stop = new CancellationTokenSource();
        Task writing = WriteAsync(server, acknowledged, stop.Token);
        await WaitAsync(() => Count(acknowledged) > 30);
        int before = Count(acknowledged);
        (int code, string output) = await RunAsync(new BackupCommand(), "--server=" + server.Address, _folder.File(target));
        Assert.True(code == 0, output);
        await stop.CancelAsync();
        await writing;

        (code, output) = await RunAsync(new RestoreCommand(), _folder.File(target), _folder.File("restored"));
        Assert.True(code == 0, output);
        using Tsdb store = Tsdb.Open(new TsdbOptions { Folder = _folder.File("restored/data"), Retention = TimeSpan.Zero });
        AssertWholeRequests(store, before);
    }

    [Fact]
    public async Task Documents_and_configuration_are_in_it_and_only_the_owner_may_read_it()
    {
        string config = _folder.Write("pharos.yml", "global: {external_labels: {a: b}}\nrule_files: [rules.yml]\n");
        _folder.Write("rules.yml", "groups: []\n");
        await using RunningServer server = await RunningServer.StartAsync("--config.file=" + config);
        Directory.CreateDirectory(Path.Combine(server.DataFolder, "01ARZ3NDEKTSV4RRFFQ69G5001.tmp-for-deletion"));
        Directory.CreateDirectory(Path.Combine(server.DataFolder, "tmp_backup_of_a_killed_server"));
        string tar = _folder.File("b.tar");
        Assert.Equal(0, (await RunAsync(new BackupCommand(), "--server=" + server.Address, tar)).Code);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(tar));
        Assert.Empty(Directory.GetDirectories(server.DataFolder, "tmp*"));

        Assert.Equal(0, (await RunAsync(new RestoreCommand(), tar, _folder.File("r"))).Code);
        Assert.Equal(Read(config), Read(_folder.File("r/configuration" + config)));
        Assert.True(File.Exists(_folder.File("r/configuration" + _folder.File("rules.yml"))));
        Assert.NotEmpty(Directory.GetFiles(_folder.File("r/data/state"), "*", SearchOption.AllDirectories));
        Assert.False(File.Exists(_folder.File("r/data/lock")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("r/configuration" + config)));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_sign_in_wants_a_token_of_scope_admin()
    {
        var folder = new TempFolder();
        using var documents = new FileDocumentStore(DataFolders.State(folder.File("data")), TimeProvider.System);
        var tokens = new TokenStore(documents, TimeProvider.System);
        await using RunningServer server = await RunningServer.StartAsync(folder, "--web.auth=required");
        foreach (TokenScope scope in (TokenScope[])[TokenScope.Read, TokenScope.Admin])
        {
            (_, string token) = await tokens.CreateAsync("backup-" + scope, scope, null, TestContext.Current.CancellationToken);
            string file = _folder.Write("token-" + scope, token);
            (int code, string output) = await RunAsync(new BackupCommand(), "--server=" + server.Address, "--token-file=" + file, _folder.File(scope + ".tar"));
            Assert.True(code == (scope == TokenScope.Admin ? 0 : 1), output);
            Assert.Equal(scope == TokenScope.Admin, File.Exists(_folder.File(scope + ".tar")));
        }
    }

    [Fact]
    public async Task A_target_or_a_folder_that_is_there_is_refused()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string tar = _folder.File("b.tar");
        Assert.Equal(0, (await RunAsync(new BackupCommand(), "--server=" + server.Address, tar)).Code);
        Assert.Equal((1, $"pharos backup: {tar} is there already\n"), await RunAsync(new BackupCommand(), "--server=" + server.Address, tar));
        _folder.Write("full/x", "");
        Assert.Equal((1, $"pharos restore: {_folder.File("full")} is there and not empty\n"), await RunAsync(new RestoreCommand(), tar, _folder.File("full")));
        Assert.Equal(0, (await RunAsync(new RestoreCommand(), "--check", tar)).Code);
    }

    [Fact]
    public async Task A_backup_that_was_cut_off_or_changed_is_refused_and_nothing_is_written()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string tar = _folder.File("b.tar");
        Assert.Equal(0, (await RunAsync(new BackupCommand(), "--server=" + server.Address, tar)).Code);
        byte[] whole = Read(tar);
        var random = new Random(1);
        for (int i = 0; i < 30; i++)
        {
            byte[] bad = i % 2 == 0 ? whole[..random.Next(whole.Length - 1024)] : [.. whole];
            if (i % 2 == 1)
            {
                // Within the content of a document; names and sizes are the archive's own matter, and what fills up its blocks is nobody's.
                bad[bad.AsSpan().IndexOf((byte)'{') + random.Next(10)] ^= 1;
            }

            Write(tar, bad);
            (int code, string output) = await RunAsync(new RestoreCommand(), tar, _folder.File("r"));
            Assert.True(code == 1, $"{i}: {output}");
            Assert.False(Path.Exists(_folder.File("r")));
        }
    }

    [Fact]
    public async Task A_path_that_leads_out_of_the_folder_is_refused()
    {
        string backup = _folder.File("evil");
        _folder.Write("evil/manifest.json", """{"version":1,"writer":"x","begunAt":"2026-11-20T00:00:00Z","files":[{"path":"data/../../x","size":0,"sha256":""}]}""");
        (int code, string output) = await RunAsync(new RestoreCommand(), backup, _folder.File("r"));
        Assert.Equal((1, "pharos restore: \"data/../../x\" is no path of a backup\n"), (code, output));
        _folder.Write("plain/data/x", "");
        (code, output) = await RunAsync(new RestoreCommand(), _folder.File("plain"), _folder.File("r"));
        Assert.Equal((1, $"pharos restore: {_folder.File("plain")} has no manifest.json: it is no backup, or not whole\n"), (code, output));
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Read(string path) => File.ReadAllBytes(path);

    private static void Write(string path, byte[] bytes) => File.WriteAllBytes(path, bytes);

    private static int Count(List<int> acknowledged)
    {
        lock (acknowledged)
        {
            return acknowledged.Count;
        }
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(ICommand command, params string[] args)
    {
        var console = new CommandConsole();
        int code = await console.PipeAsync(command, "", args);
        return (code, code == 0 ? console.Out : console.Error);
    }

    // Request n brings sample n to each of 50 series.
    private async Task WriteAsync(RunningServer server, List<int> acknowledged, CancellationToken stop)
    {
        for (int n = 0; !stop.IsCancellationRequested; n++)
        {
            var request = new WriteRequestBuilder();
            for (int i = 0; i < 50; i++)
            {
                request.Add(["__name__", "loaded", "pod", "p" + i], (_now - 600_000 + n, n));
            }

            using HttpResponseMessage response = await WriteRequests.SendAsync(server, request.ToBody());
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
            lock (acknowledged)
            {
                acknowledged.Add(n);
            }
        }
    }

    private static void AssertWholeRequests(Tsdb store, int before)
    {
        using ISeriesQuerier querier = store.OpenQuerier();
        var loaded = new Core.Matching.Matcher(Core.Matching.MatchType.Equal, "__name__", "loaded");
        ISeriesSet set = querier.Select(new SeriesSelection([loaded], long.MinValue, long.MaxValue), TestContext.Current.CancellationToken);
        Assert.Equal(50, set.Count);
        var buffer = new SampleBuffer();
        int count = -1;
        for (int i = 0; i < set.Count; i++)
        {
            set.Read(i, long.MinValue, long.MaxValue, buffer);
            Assert.Equal(Enumerable.Range(0, buffer.Count).Select(static n => (double)n), buffer.Values.ToArray());
            count = count < 0 ? buffer.Count : count;
            Assert.Equal(count, buffer.Count);
        }

        Assert.True(count >= before, $"{count} requests restored, {before} were acknowledged before");
    }
}
