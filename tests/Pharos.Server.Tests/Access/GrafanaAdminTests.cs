using Pharos.Access;
using Pharos.Server.Access;
using Pharos.Testing;

namespace Pharos.Server.Tests.Access;

public sealed class GrafanaAdminTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_password_nobody_is_named() =>
        Assert.Null(GrafanaAdmin.Read(new Dictionary<string, string> { ["GF_SECURITY_ADMIN_USER"] = "root" }));

    [Fact]
    public void The_name_is_admin_where_none_is_given() =>
        Assert.Equal(new GivenAdmin("admin", "secret", "GF_SECURITY_ADMIN_PASSWORD"), GrafanaAdmin.Read(new Dictionary<string, string> { ["GF_SECURITY_ADMIN_PASSWORD"] = "secret" }));

    [Fact]
    public void A_file_may_hold_name_and_password()
    {
        File.WriteAllText(_folder.File("user"), "root\n");
        File.WriteAllText(_folder.File("password"), "from file\r\n");
        GivenAdmin? admin = GrafanaAdmin.Read(new Dictionary<string, string>
        {
            ["GF_SECURITY_ADMIN_USER__FILE"] = _folder.File("user"),
            ["GF_SECURITY_ADMIN_PASSWORD__FILE"] = _folder.File("password"),
            ["GF_SECURITY_ADMIN_PASSWORD"] = "other",
        });
        Assert.Equal(new GivenAdmin("root", "from file", "GF_SECURITY_ADMIN_PASSWORD__FILE"), admin);
    }

    [Fact]
    public void A_file_that_is_not_there_refuses_the_start()
    {
        var error = Assert.Throws<AccessException>(() => GrafanaAdmin.Read(new Dictionary<string, string> { ["GF_SECURITY_ADMIN_PASSWORD__FILE"] = _folder.File("none") }));
        Assert.Contains("GF_SECURITY_ADMIN_PASSWORD__FILE", error.Message, StringComparison.Ordinal);
    }
}
