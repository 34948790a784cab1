using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Library;
using Pharos.Dashboards.Provisioning;

namespace Pharos.Dashboards.Tests.Provisioning;

public class ProvisioningReaderTests
{
    [Fact]
    public void Providers_say_where_dashboards_are_and_what_may_be_done_with_them()
    {
        var errors = new List<LibraryError>();
        IReadOnlyList<DashboardProvider> providers = ProvisioningReader.ReadProviders(Parse("""
            apiVersion: 1
            providers:
              - name: default
                orgId: 1
                folder: Ops
                type: file
                disableDeletion: true
                allowUiUpdates: true
                updateIntervalSeconds: 10
                options: {path: /var/lib/grafana/dashboards, foldersFromFilesStructure: true}
              - name: other
                type: git
                options: {path: /x}
              - name: nowhere
            """), "p.yaml", errors);
        Assert.Equal(new DashboardProvider("default", "/var/lib/grafana/dashboards", "Ops", "", true, true, true, "p.yaml"), Assert.Single(providers));
        Assert.Equal(["the provider other has the type git: expected file", "the provider nowhere has no options.path"], errors.Select(static error => error.Message));
        Assert.All(errors, static error => Assert.True(error.Line > 1));
    }

    [Theory]
    [InlineData("http://prometheus:9090", true)]
    [InlineData("http://localhost:9090/", true)]
    [InlineData("http://prometheus-server", true)]
    [InlineData("http://prometheus-k8s.monitoring.svc.cluster.local:9090", true)]
    [InlineData("http://prometheus.monitoring.svc:9090/", true)]
    [InlineData("$PROM_URL", true)]
    [InlineData("http://me.example:1234", true)]
    [InlineData("http://prometheus.example.com:9090", false)]
    [InlineData("http://10.1.2.3:9090", false)]
    [InlineData("http://thanos-query:9090", false)]
    public void An_address_that_Pharos_stands_in_for_is_the_built_in_one(string url, bool own)
    {
        Datasource source = Assert.Single(ProvisioningReader.ReadDatasources(
            Parse($"apiVersion: 1\ndatasources: [{{name: Prometheus, uid: prom, type: prometheus, url: \"{url}\", isDefault: true, basicAuthUser: u, secureJsonData: {{basicAuthPassword: p}}, jsonData: {{timeInterval: 5s}}}}]"),
            "d.yaml",
            static uri => uri.Host == "me.example"));
        Assert.Equal((own, "prom", "5s", true), (source.IsBuiltIn, source.Uid, source.TimeInterval, source.IsDefault));
        Assert.DoesNotContain("p}", source.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_sources_of_other_kinds_are_known_and_never_the_built_in_one()
    {
        var directory = new DatasourceDirectory(ProvisioningReader.ReadDatasources(Parse("datasources: [{name: Loki, type: loki, url: 'http://localhost:3100'}]"), "d.yaml", static _ => true));
        Assert.Equal(["Pharos", "Loki"], directory.All.Select(static source => source.Name));
        Assert.False(directory.Find("loki")!.IsBuiltIn);
        Assert.True(directory.BuiltIn.IsDefault);
    }

    [Fact]
    public void ConfigMaps_of_manifests_and_lists_give_their_files()
    {
        IReadOnlyList<ManifestFile> files = ManifestReader.Read(ParseAll("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: boards, annotations: {grafana_folder: Ops}}
            data:
              a.json: '{"title":"A","panels":[]}'
              empty: ''
            ---
            kind: Secret
            apiVersion: v1
            data: {x.json: e30=}
            ---
            apiVersion: v1
            kind: ConfigMapList
            items:
              - {kind: ConfigMap, apiVersion: v1, metadata: {name: two}, data: {b.yaml: "datasources: []"}}
            """));
        Assert.Equal([("boards", "a.json", "Ops"), ("two", "b.yaml", "")], files.Select(static file => (file.ConfigMap, file.Key, file.Folder)));
    }

    private static YamlNode Parse(string yaml) => ParseAll(yaml)[0];

    private static IReadOnlyList<YamlNode> ParseAll(string yaml)
    {
        var diagnostics = new ConfigDiagnostics("test");
        IReadOnlyList<YamlNode>? documents = YamlParser.ParseText(yaml, diagnostics);
        Assert.Empty(diagnostics.Errors);
        return documents!;
    }
}
