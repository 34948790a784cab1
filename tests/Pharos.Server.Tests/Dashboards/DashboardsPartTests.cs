using Microsoft.Extensions.Logging.Abstractions;
using Pharos.Dashboards.Library;
using Pharos.Server.Dashboards;
using Pharos.State;
using Pharos.Testing;

namespace Pharos.Server.Tests.Dashboards;

public sealed class DashboardsPartTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly FileDocumentStore _documents;
    private readonly DashboardsPart _part;

    public DashboardsPartTests()
    {
        Directory.CreateDirectory(_folder.File("served"));
        _documents = new FileDocumentStore(_folder.File("state"), _clock);
        _part = new DashboardsPart([_folder.File("served")], static _ => false, new GrafanaEnvironment(), _documents, _clock, NullLogger<DashboardsPart>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _part.DisposeAsync();
        _documents.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_that_comes_changes_and_goes_is_followed_within_ten_seconds()
    {
        await _part.RefreshAsync(TestContext.Current.CancellationToken);
        _part.Start();
        Assert.Null(_part.Library.Find("a"));

        Write("served/a.json", """{"uid":"a","title":"First","panels":[]}""");
        await PassAsync(() => _part.Library.Find("a")?.Dashboard.Title == "First");
        Write("served/a.json", """{"uid":"a","title":"Second title","panels":[]}""");
        await PassAsync(() => _part.Library.Find("a")?.Dashboard.Title == "Second title");
        File.Delete(_folder.File("served/a.json"));
        await PassAsync(() => _part.Library.Find("a") is null);
        Assert.True(DashboardsPart.Interval < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task What_did_not_change_is_not_read_again()
    {
        Write("served/a.json", """{"uid":"a","title":"First","panels":[]}""");
        await _part.RefreshAsync(TestContext.Current.CancellationToken);
        DashboardLibrary before = _part.Library;
        await _part.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Same(before, _part.Library);
    }

    [Fact]
    public async Task Provisioning_within_a_ConfigMap_and_beside_it_names_data_sources()
    {
        Write("served/sources.yaml", "apiVersion: 1\ndatasources: [{name: Loki, type: loki, url: 'http://loki:3100'}, {name: Prom, uid: prom, type: prometheus, url: 'http://prometheus:9090'}]");
        Write("served/manifest.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: g}\ndata:\n  ds.yaml: |\n    apiVersion: 1\n    datasources: [{name: Other, type: prometheus, url: 'http://10.0.0.1:9090'}]\n");
        Write("served/b.json", """{"uid":"b","title":"B","panels":[{"id":1,"type":"stat","datasource":"Other","targets":[{"expr":"up"}]},{"id":2,"type":"stat","datasource":"Prom","targets":[{"expr":"up"}]}]}""");
        await _part.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["Other", "Loki", "Prom"], _part.Library.Datasources.All.Select(static source => source.Name));
        Assert.Equal("prom", _part.Library.Datasources.BuiltIn.Uid);
        Assert.Equal(["data source Other (prometheus)"], _part.Library.Find("b")!.Dashboard.Problems.Select(static problem => problem.Feature));
    }

    [Fact]
    public async Task Directories_become_folders_where_a_provider_asks_for_it()
    {
        Directory.CreateDirectory(_folder.File("served/boards/team a"));
        Write("served/boards/team a/x.json", """{"uid":"x","title":"X","panels":[]}""");
        Write("served/boards/y.json", """{"uid":"y","title":"Y","panels":[]}""");
        Write("served/p.yaml", "apiVersion: 1\nproviders: [{name: p, options: {path: /etc/dashboards/boards, foldersFromFilesStructure: true}}, {name: lost, options: {path: /nowhere/at/all}}]");
        await _part.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("team a", "team-a", DashboardOrigin.Provisioned), _part.Library.Find("x") is { } x ? (x.Folder, x.FolderUid, x.Origin) : default);
        Assert.Equal("", _part.Library.Find("y")!.Folder);
        Assert.Contains("/nowhere/at/all", Assert.Single(_part.Library.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_given_by_a_relative_path_and_named_by_a_provider_has_each_file_once()
    {
        Directory.CreateDirectory(_folder.File("served/boards"));
        Write("served/boards/a.json", """{"uid":"a","title":"A","panels":[]}""");
        Write("served/p.yaml", "apiVersion: 1\nproviders: [{name: p, folder: F, options: {path: ../served/boards/}}]");
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), _folder.File("served"));
        await using var part = new DashboardsPart([relative], static _ => false, new GrafanaEnvironment(), _documents, _clock, NullLogger<DashboardsPart>.Instance);
        await part.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Empty(part.Library.Errors);
        Assert.Equal("F", part.Library.Find("a")!.Folder);
    }

    private void Write(string name, string text) => File.WriteAllText(_folder.File(name), text);

    private async Task PassAsync(Func<bool> condition)
    {
        await Wait.UntilAsync(() => _clock.WaitingTimers > 0, "the part to wait for its next look");
        _clock.Advance(DashboardsPart.Interval);
        await Wait.UntilAsync(condition, "the library to follow the files");
    }
}
