module example.com/mockduit

go 1.19
