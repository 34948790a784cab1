using Pharos.Core.Contracts;

namespace Pharos.Access.Tests;

public sealed class PermissionTableTests
{
    [Theory]
    [InlineData(Role.Viewer, Permissions.Read)]
    [InlineData(Role.Editor, Permissions.Read | Permissions.Edit)]
    [InlineData(Role.Admin, Permissions.All)]
    public void Roles(Role role, Permissions expected) => Assert.Equal(expected, PermissionTable.Of(role));

    [Theory]
    [InlineData(TokenScope.Read, Permissions.Read)]
    [InlineData(TokenScope.Ingest, Permissions.Ingest)]
    [InlineData(TokenScope.Admin, Permissions.All)]
    public void Scopes(TokenScope scope, Permissions expected) => Assert.Equal(expected, PermissionTable.Of(scope));

    [Fact]
    public void A_token_that_writes_reads_nothing_and_the_other_way_round()
    {
        Caller ingest = PermissionTable.Token("a", TokenScope.Ingest);
        Caller read = PermissionTable.Token("b", TokenScope.Read);
        Assert.True(ingest.May(Permissions.Ingest));
        Assert.False(ingest.May(Permissions.Read));
        Assert.False(ingest.May(Permissions.Admin));
        Assert.True(read.May(Permissions.Read));
        Assert.False(read.May(Permissions.Ingest));
        Assert.False(read.May(Permissions.Edit));
    }

    [Fact]
    public void Nobody_may_nothing_in_particular() => Assert.False(PermissionTable.Anonymous.May(Permissions.None));

    [Fact]
    public void Two_permissions_are_both_needed() => Assert.False(PermissionTable.User("a", Role.Editor).May(Permissions.Read | Permissions.Admin));

    [Theory]
    [InlineData(Permissions.Read, "role viewer or editor or admin, or a token of scope read or admin")]
    [InlineData(Permissions.Edit, "role editor or admin, or a token of scope admin")]
    [InlineData(Permissions.Ingest, "role admin, or a token of scope ingest or admin")]
    [InlineData(Permissions.Admin, "role admin, or a token of scope admin")]
    public void What_is_needed_is_said_in_words(Permissions needed, string expected) => Assert.Equal(expected, PermissionTable.Describe(needed));

    [Fact]
    public void Every_single_permission_is_given_to_somebody()
    {
        foreach (Permissions permission in Enum.GetValues<Permissions>().Where(static p => p != Permissions.None))
        {
            Assert.True(PermissionTable.User("a", Role.Admin).May(permission));
        }
    }
}
