using Pharos.Server.Commands;
using Pharos.Server.Configuration;
using Pharos.Server.Configuration.Files;
using Pharos.Testing;

namespace Pharos.Server.Tests.Commands;

public sealed class CheckConfigCommandTests
{
    [Fact]
    public async Task The_rule_files_that_a_configuration_names_are_checked_with_it()
    {
        using var folder = new TempFolder();
        string config = folder.Write("prometheus.yml", "rule_files: ['rules/*.yml']\n");
        folder.Write("rules/good.yml", "groups:\n- name: g\n  rules:\n  - {record: a, expr: sum(up)}\n");
        string bad = folder.Write("rules/bad.yml", "groups:\n- name: g\n  rules:\n  - {record: a, expr: sum(}\n");

        (int exit, string output, string error) = await RunAsync(config);

        Assert.Equal(ExitCode.Failure, exit);
        Assert.Contains("rules/good.yml: rule file (1 group, 1 rule)", output, StringComparison.Ordinal);
        Assert.StartsWith($"error: {bad}:4:", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_file_of_a_folder_is_named_by_what_it_is()
    {
        using var folder = new TempFolder();
        folder.Write("main", "scrape_configs: [{job_name: a}]\nscrape_config_files: [jobs/*]");
        folder.Write("jobs/one", "scrape_configs: [{job_name: b}]");
        folder.Write("alerts.txt", "groups:\n- name: g\n  rules:\n  - {alert: a, expr: up == 0}\n");
        folder.Write("web.yml", "basic_auth_users: {}");
        folder.Write("t.json", "[{\"targets\": [\"a:1\", \"b:2\"]}]");
        folder.Write("am.yml", "route: {receiver: a}\nreceivers: [{name: a}]");
        folder.Write("board.json", "{\"title\": \"x\", \"panels\": [], \"schemaVersion\": 39}");
        folder.Write("k8s/svc.yaml", "apiVersion: v1\nkind: Service\n---\napiVersion: v1\nkind: Pod\n");
        folder.Write("README.md", "# Notes\n\nThis is how.\n\nglobal:\n  x: [\n");
        folder.Write("empty", "");
        folder.Write(".git/config", "groups: [");

        (int exit, string output, string error) = await RunAsync(folder.Path);

        Assert.Equal("", error);
        Assert.Equal(ExitCode.Success, exit);
        Assert.Equal(
            """
            README.md: no configuration, left alone
            alerts.txt: rule file (1 group, 1 rule)
            am.yml: Alertmanager configuration (1 receiver, 0 inhibit rules)
            board.json: Grafana dashboard (0 panels)
            empty: no configuration, left alone
            jobs/one: scrape jobs of a Prometheus configuration (1 scrape job, 0 rule file patterns)
            k8s/svc.yaml: Kubernetes manifest (Service, Pod): recognised, not used yet
            main: Prometheus configuration (2 scrape jobs, 0 rule file patterns)
            t.json: target file (2 targets)
            web.yml: web configuration

            """,
            output);
    }

    [Fact]
    public async Task An_alertmanager_configuration_is_checked_with_its_templates()
    {
        using var folder = new TempFolder();
        string file = folder.Write("am.yml", "route: {receiver: a, group_wait: 5}\nreceivers: [{name: a, email_configs: [{to: x@y, from: z@y, smarthost: 'h:25'}]}]\ntemplates: ['*.tmpl', none/*.tmpl]\n");
        string template = folder.Write("a.tmpl", "{{ define \"x\" }}{{ nope }}{{ end }}");

        (int exit, string output, string error) = await RunAsync(file);

        Assert.Equal(ExitCode.Failure, exit);
        Assert.Contains("am.yml: Alertmanager configuration (1 receiver, 0 inhibit rules), 2 errors", output, StringComparison.Ordinal);
        Assert.Contains("email is not available", output, StringComparison.Ordinal);
        Assert.Contains($"templates: no file on this machine matches {folder.File("none/*.tmpl")}", output, StringComparison.Ordinal);
        Assert.Contains($"error: {file}:1:34: not a valid duration string: \"5\"", error, StringComparison.Ordinal);
        Assert.Contains($"error: {template}: template: a.tmpl:1: function \"nope\" not defined", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_name_file_line_column_text_and_expectation()
    {
        using var folder = new TempFolder();
        string main = folder.Write("prometheus.yml", "scrape_configs:\n- job_name: a\n  sample_limit: many\n");
        string rules = folder.Write("rules.yml", "groups:\n- name: g\n  rules: [{record: a, expr: 'sum('}]\n");
        string targets = folder.Write("targets.yml", "- targets: [a]\n  lables: {}\n");
        string broken = folder.Write("broken.yml", "a: [\n");

        (int exit, string output, string error) = await RunAsync(folder.Path);

        Assert.Equal(ExitCode.Failure, exit);
        Assert.Contains("broken.yml: unreadable, 1 error", output, StringComparison.Ordinal);
        Assert.Contains($"error: {main}:3:17: cannot unmarshal !!str `many` into uint (found \"many\", expected a whole number that is not negative)", error, StringComparison.Ordinal);
        Assert.Contains($"error: {rules}:3:", error, StringComparison.Ordinal);
        Assert.Contains($"error: {targets}:2:3: field lables not found in type targetgroup.Group (found \"lables\", expected labels)", error, StringComparison.Ordinal);
        Assert.Contains($"error: {broken}:", error, StringComparison.Ordinal);
        Assert.EndsWith("4 errors" + Environment.NewLine, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_checked_by_themselves_and_missing_ones_are_errors()
    {
        using var folder = new TempFolder();
        string main = folder.Write("x", "scrape_configs: [{job_name: a, bearer_token_file: /none/token}]");

        (int exit, string output, string error) = await RunAsync(main, folder.File("none"));

        Assert.Equal(ExitCode.Failure, exit);
        Assert.Contains($"  warning: {main}:1:51: no such file on this machine: /none/token", output, StringComparison.Ordinal);
        Assert.Contains($"error: {folder.File("none")}: no such file or directory", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_configuration_in_a_folder_is_refused()
    {
        using var folder = new TempFolder();
        string first = folder.Write("a.yml", "scrape_configs: []");
        string second = folder.Write("b.yml", "rule_files: []");

        (int exit, _, string error) = await RunAsync(folder.Path);

        Assert.Equal(ExitCode.Failure, exit);
        Assert.Contains($"error: {second}: a second Prometheus configuration: the first is {first} (expected one in the folder)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_paths_the_usage_is_said()
    {
        (int exit, _, string error) = await RunAsync();

        Assert.Equal((ExitCode.Usage, "usage: pharos check config FOLDER|FILE..." + Environment.NewLine), (exit, error));
    }

    [Fact]
    public void A_mounted_ConfigMap_is_read_once_and_loops_of_links_end()
    {
        using var folder = new TempFolder();
        folder.Write("..2026_11_20/prometheus.yml", "scrape_configs: [{job_name: a}]");
        Directory.CreateSymbolicLink(folder.File("..data"), "..2026_11_20");
        File.CreateSymbolicLink(folder.File("prometheus.yml"), "..data/prometheus.yml");
        Directory.CreateDirectory(folder.File("sub"));
        Directory.CreateSymbolicLink(folder.File("sub/loop"), folder.Path);
        File.CreateSymbolicLink(folder.File("dangling"), "nowhere");

        ConfigFolder found = ConfigFolder.Scan(folder.Path, new PrometheusConfigOptions());

        Assert.Equal(folder.File("prometheus.yml"), found.PrometheusConfigFile);
        Assert.Equal(["dangling", "prometheus.yml"], found.Files.Select(f => Path.GetFileName(f.Path)));
        Assert.Equal(ConfigFileKind.Unreadable, found.Files[0].Kind);
        Assert.Equal("no such file or directory", Assert.Single(found.Errors).Message);
    }

    [Fact]
    public void A_folder_says_what_a_server_needs_of_it()
    {
        using var folder = new TempFolder();
        string rules = folder.Write("r", "groups: []");
        string web = folder.Write("w", "basic_auth_users: {}");

        ConfigFolder found = ConfigFolder.Scan(folder.Path);

        Assert.Equal((null, web), (found.PrometheusConfigFile, found.WebConfigFile));
        Assert.Equal([rules], found.RuleFiles);
        Assert.Empty(found.Errors);
        Assert.Single(ConfigFolder.Scan(folder.File("none")).Errors);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await new CheckConfigCommand(new PrometheusConfigOptions { Environment = static _ => null }).RunAsync(args, output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
