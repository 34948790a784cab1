using System.Text;
using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Library;

namespace Pharos.Dashboards.Tests.Library;

public class LibraryBuilderTests
{
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private readonly LibraryBuilder _builder = new(DatasourceDirectory.Empty);

    [Fact]
    public void Where_nothing_is_the_host_is_shown()
    {
        DashboardEntry entry = Assert.Single(_builder.Build().Entries);
        Assert.Equal(("system-overview", DashboardOrigin.BuiltIn, false), (entry.Dashboard.Uid, entry.Origin, entry.Editable));
    }

    [Theory]
    [InlineData("{'uid':'system-overview','title':'Mine','panels':[]}")]
    [InlineData("{'uid':'mine','title':'System Overview','panels':[]}")]
    public void Who_gives_an_own_overview_has_only_that(string json)
    {
        _builder.Add(File("own.json", json));
        Assert.Equal("own.json", Assert.Single(_builder.Build().Entries).File);
    }

    [Fact]
    public void Of_two_files_with_one_uid_the_first_counts_and_both_are_named()
    {
        _builder.Add(File("a.json", "{'uid':'x','title':'A','panels':[]}"));
        _builder.Add(File("b.json", "{'uid':'x','title':'B','panels':[]}"));
        DashboardLibrary library = _builder.Build();
        Assert.Equal("A", Given(library).Dashboard.Title);
        Assert.Equal(new LibraryError("b.json", "its uid x is that of a.json: each dashboard needs its own; this one is left out"), Assert.Single(library.Errors));
    }

    [Fact]
    public void A_broken_file_is_listed_with_its_place_and_the_others_stay()
    {
        _builder.Add(File("bad.json", "{'panels': [}"));
        _builder.Add(File("good.json", "{'uid':'g','title':'G','panels':[]}"));
        DashboardLibrary library = _builder.Build();
        Assert.Equal("g", Given(library).Dashboard.Uid);
        LibraryError error = Assert.Single(library.Errors);
        Assert.Equal(("bad.json", 1, 13), (error.File, error.Line, error.Column));
    }

    [Fact]
    public void A_file_without_uid_gets_one_that_stays()
    {
        _builder.Add(File("/x/my board.json", "{'title':'T','panels':[]}"));
        var again = new LibraryBuilder(DatasourceDirectory.Empty);
        again.Add(File("/x/my board.json", "{'title':'Other','panels':[]}"));
        string uid = Given(_builder.Build()).Dashboard.Uid;
        Assert.StartsWith("my-board-", uid, StringComparison.Ordinal);
        Assert.Equal(uid, Given(again.Build()).Dashboard.Uid);
    }

    [Fact]
    public void A_saved_dashboard_replaces_a_file_that_allows_it_until_the_file_changes()
    {
        DashboardFile file = File("a.json", "{'uid':'x','title':'File','version':3,'panels':[]}") with { AllowUpdates = true };
        _builder.Add(file);
        DashboardEntry before = Given(_builder.Build());
        var saved = new SavedDashboard("x", Encoding.UTF8.GetBytes("{\"uid\":\"x\",\"title\":\"Saved\",\"panels\":[]}"), "", 4, Then, "eve", LibraryBuilder.HashOf(before.Json.Span));

        var same = new LibraryBuilder(DatasourceDirectory.Empty);
        same.Add(file);
        same.Add(saved);
        Assert.Equal(("Saved", 4), Given(same.Build()) is var entry ? (entry.Dashboard.Title, entry.Version) : default);

        var changed = new LibraryBuilder(DatasourceDirectory.Empty);
        changed.Add(File("a.json", "{'uid':'x','title':'New file','panels':[]}") with { AllowUpdates = true });
        changed.Add(saved);
        Assert.Equal("New file", Given(changed.Build()).Dashboard.Title);
    }

    [Fact]
    public void Folders_come_from_files_and_from_people()
    {
        _builder.Add(new DashboardFolder("f1", "Mine", Provisioned: false));
        _builder.Add(File("a.json", "{'uid':'a','title':'A','panels':[]}") with { Folder = "Kubernetes / Pods" });
        _builder.Add(new SavedDashboard("s", Encoding.UTF8.GetBytes("{\"title\":\"S\",\"panels\":[]}"), "f1", 1, Then, "eve", ""));
        DashboardLibrary library = _builder.Build();
        Assert.Equal(["kubernetes-pods", "f1"], library.Folders.Select(static folder => folder.Uid));
        Assert.Equal("Mine", library.Find("s")!.Folder);
        Assert.Equal("kubernetes-pods", library.Find("a")!.FolderUid);
    }

    // The only one beside the built-in one.
    private static DashboardEntry Given(DashboardLibrary library) => Assert.Single(library.Entries, static entry => entry.Origin != DashboardOrigin.BuiltIn);

    private static DashboardFile File(string name, string json) => new(name, Encoding.UTF8.GetBytes(json.Replace('\'', '"')), DashboardOrigin.File, "", Then);
}
