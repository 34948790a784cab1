using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;
using Pharos.Remote.Configuration;

namespace Pharos.Remote.Tests.Configuration;

public sealed class RemoteConfigTests
{
    [Fact]
    public void Remote_write_has_upstreams_defaults()
    {
        (RemoteWriteConfig? config, ConfigDiagnostics found) = Write("url: http://a/push");

        Assert.Empty(found.Errors);
        Assert.Equal(("http://a/push", TimeSpan.FromSeconds(30), RemoteWriteConfig.Version1Message, false), (config!.Url!.ToString(), config.RemoteTimeout, config.ProtobufMessage, config.Http.EnableHttp2));
        Assert.Equal(new RemoteQueueConfig(), config.Queue);
        Assert.Equal(new RemoteMetadataConfig(), config.Metadata);
        Assert.Empty(found.Warnings);
    }

    [Fact]
    public void Every_field_of_remote_write_is_read()
    {
        (RemoteWriteConfig? config, ConfigDiagnostics found) = Write("""
            url: http://a/push
            remote_timeout: 5s
            headers: {X-A: b}
            write_relabel_configs: [{action: drop, source_labels: [a]}]
            name: n
            send_exemplars: true
            send_native_histograms: true
            round_robin_dns: true
            protobuf_message: io.prometheus.write.v2.Request
            queue_config: {capacity: 1, max_shards: 2, min_shards: 1, max_samples_per_send: 3, batch_send_deadline: 1s, min_backoff: 2s, max_backoff: 3s, retry_on_http_429: true, sample_age_limit: 4s}
            metadata_config: {send: false, send_interval: 2m, max_samples_per_send: 4}
            azuread: {cloud: AzureChina, oauth: {client_id: 6f1f8a6e-0f6b-4e3a-9c0a-000000000000, client_secret: s, tenant_id: t}}
            """);

        Assert.Empty(found.Errors);
        Assert.Equal(("n", "b", true, true, true), (config!.Name, config.Headers["X-A"], config.SendExemplars, config.SendNativeHistograms, config.RoundRobinDns));
        Assert.Equal(new RemoteQueueConfig { Capacity = 1, MaxShards = 2, MinShards = 1, MaxSamplesPerSend = 3, BatchSendDeadline = TimeSpan.FromSeconds(1), MinBackoff = TimeSpan.FromSeconds(2), MaxBackoff = TimeSpan.FromSeconds(3), RetryOnRateLimit = true, SampleAgeLimit = TimeSpan.FromSeconds(4) }, config.Queue);
        Assert.Equal(new RemoteMetadataConfig { Send = false, SendInterval = TimeSpan.FromMinutes(2), MaxSamplesPerSend = 4 }, config.Metadata);
        Assert.Equal(("oauth", "t", "AzureChina"), (config.AzureAd!.Method, config.AzureAd.TenantId, config.AzureAd.Cloud));
    }

    [Theory]
    [InlineData("sigv4: {region: r}", "test.yml:1:1: remote_write: not yet supported: nothing is sent to a receiver with sigv4")]
    [InlineData("google_iam: {}", "test.yml:1:1: remote_write: not yet supported: nothing is sent to a receiver with google_iam")]
    [InlineData("round_robin_dns: true", "test.yml:2:18: round_robin_dns has no effect: connections go to the first address that answers")]
    public void What_is_not_built_is_said(string yaml, string expected)
    {
        (_, ConfigDiagnostics found) = Write("url: http://a\n" + yaml);
        Assert.Equal(expected, Assert.Single(found.Warnings).ToString());
    }

    [Theory]
    [InlineData("name: a", "url for remote_write is empty")]
    [InlineData("url: http://a\nheaders: {Authorization: b}", "authorization header must be changed via the basic_auth, authorization, oauth2, sigv4, azuread or google_iam parameter")]
    [InlineData("url: http://a\nheaders: {Host: b}", "Host is a reserved header. It must not be changed")]
    [InlineData("url: http://a\nwrite_relabel_configs: [~]", "empty or null relabeling rule in remote write config")]
    [InlineData("url: http://a\nprotobuf_message: x", "invalid protobuf_message value: unknown type for remote write protobuf message x, supported: prometheus.WriteRequest, io.prometheus.write.v2.Request")]
    [InlineData("url: http://a\nqueue_config: {max_samples_per_send: 0}", "remote write queue max_samples_per_send must be positive")]
    [InlineData("url: http://a\nqueue_config: {min_shards: 60}", "remote write queue min_shards must not be greater than max_shards")]
    [InlineData("url: http://a\nbasic_auth: {username: a}\nsigv4: {region: b}", "at most one of basic_auth, authorization, oauth2, sigv4, azuread or google_iam must be configured. Currently configured: [basic_auth sigv4]")]
    [InlineData("url: http://a\nsigv4: {access_key: b}", "must provide a AWS SigV4 Access key and Secret Key if credentials are specified in the SigV4 config")]
    [InlineData("url: http://a\nazuread: {cloud: AzurePublic}", "must provide an Azure Managed Identity, Azure Workload Identity, Azure OAuth, Azure Certificate or Azure SDK in the Azure AD config")]
    [InlineData("url: http://a\nazuread: {sdk: {tenant_id: t}, managed_identity: {}}", "cannot provide multiple authentication methods in the Azure AD config")]
    [InlineData("url: http://a\nazuread: {managed_identity: {client_id: x}}", "the provided Azure Managed Identity client_id is invalid")]
    [InlineData("url: http://a\nazuread: {sdk: {tenant_id: t}, cloud: Moon}", "must provide a cloud in the Azure AD config")]
    [InlineData("url: 'http://a:b'", "parse \"http://a:b\": invalid port \":b\" after host")]
    public void Wrong_remote_write_is_refused_in_upstreams_words(string text, string message) =>
        Assert.Equal(message, Assert.Single(Write(text).Found.Errors).Message);

    [Fact]
    public void Remote_read_is_read()
    {
        (RemoteReadConfig? config, ConfigDiagnostics found) = Section("url: http://a\nread_recent: true\nname: n\nrequired_matchers: {job: x}\nfilter_external_labels: false", RemoteReadConfig.Read);

        Assert.Empty(found.Errors);
        Assert.Equal((true, "n", "x", false, 50_000_000L), (config!.ReadRecent, config.Name, config.RequiredMatchers["job"], config.FilterExternalLabels, config.ChunkedReadLimit));
        Assert.Empty(found.Warnings);
    }

    [Theory]
    [InlineData("name: a", "url for remote_read is empty")]
    [InlineData("url: http://a\nheaders: {Accept-Encoding: b}", "Accept-Encoding is a reserved header. It must not be changed")]
    [InlineData("url: http://a\nrequired_matchers: {'': b}", "\"\" is not a valid label name")]
    public void Wrong_remote_read_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Single(Section(text, RemoteReadConfig.Read).Found.Errors).Message);

    [Theory]
    [InlineData("translation_strategy: x", NameValidation.Utf8, "unsupported OTLP translation strategy \"x\"")]
    [InlineData("translation_strategy: NoTranslation", NameValidation.Legacy, "OTLP translation strategy \"NoTranslation\" is not allowed when UTF8 is disabled")]
    [InlineData("promote_resource_attributes: [a, ' a ']", NameValidation.Utf8, "invalid 'promote_resource_attributes': duplicated promoted OTel resource attribute \"a\"")]
    [InlineData("promote_resource_attributes: [' ']", NameValidation.Utf8, "invalid 'promote_resource_attributes': empty promoted OTel resource attribute")]
    [InlineData("promote_all_resource_attributes: true\npromote_resource_attributes: [a]", NameValidation.Utf8, "'promote_all_resource_attributes' and 'promote_resource_attributes' cannot be configured simultaneously")]
    [InlineData("ignore_resource_attributes: [a]", NameValidation.Utf8, "'ignore_resource_attributes' cannot be configured unless 'promote_all_resource_attributes' is true")]
    public void Wrong_otlp_is_refused(string text, NameValidation validation, string message) =>
        Assert.Equal(message, Assert.Single(Section(text, map => OtlpConfig.Read(map, validation)).Found.Errors).Message);

    private static (RemoteWriteConfig? Value, ConfigDiagnostics Found) Write(string text) => Section(text, map => RemoteWriteConfig.Read(map, NameValidation.Utf8));

    private static (T? Value, ConfigDiagnostics Found) Section<T>(string text, Func<YamlMapping, T> read)
    {
        var found = new ConfigDiagnostics("test.yml");
        YamlNode? node = YamlParser.Single(YamlParser.ParseText(text, found), found);
        return (YamlMapping.Read(node, "test.plain", default, found, read, out _), found);
    }
}
